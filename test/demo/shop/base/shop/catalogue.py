import sqlite3

PRODUCTS = 4000


def open_catalogue():
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute("create table products (id integer primary key, sku text not null, price integer not null)")
    database.executemany(
        "insert into products values (?, ?, ?)",
        ((n, f"sku-{n:05d}", 100 + n % 900) for n in range(1, PRODUCTS + 1)),
    )
    return database


def page(database, after=0, size=50):
    return database.execute("select id, sku, price from products where id > ? order by id limit ?", (after, size)).fetchall()
