def total(database, cart):
    """The price of a cart: one query for all of its products."""
    ids = list(cart)
    marks = ", ".join("?" * len(ids))
    prices = dict(database.execute(f"select id, price from products where id in ({marks})", ids))
    return sum(prices[product] * amount for product, amount in cart.items())
