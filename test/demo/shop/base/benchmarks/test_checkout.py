from shop.catalogue import open_catalogue, page
from shop.checkout import total

CART = {product: 1 + product % 3 for product in range(40, 4000, 66)}
DATABASE = open_catalogue()


def test_total(benchmark):
    assert benchmark(total, DATABASE, CART) > 0


def test_page(benchmark):
    assert len(benchmark(page, DATABASE)) == 50
