def total(database, cart):
    """What GET /api/checkout answers: the price of a cart, with the discount of each product applied."""
    amount_due = 0
    for product, amount in cart.items():
        sku = f"sku-{product:05d}"
        (price,) = database.execute("select price from products where sku = ?", (sku,)).fetchone()
        amount_due += discounted(sku, price) * amount
    return amount_due


def discounted(sku, price):
    return price * 9 // 10 if sku.endswith("0") else price
