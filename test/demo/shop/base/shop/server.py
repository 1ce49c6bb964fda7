import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from shop.catalogue import open_catalogue, page
from shop.checkout import total

CART = {product: 1 + product % 3 for product in range(40, 4000, 66)}
DATABASE = open_catalogue()
LOCK = threading.Lock()
ROUTES = {
    "/api/products": lambda: page(DATABASE),
    "/api/checkout": lambda: {"total": total(DATABASE, CART)},
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536

    def do_GET(self):
        route = ROUTES.get(self.path)
        with LOCK:
            body = json.dumps(route() if route else {"error": "not found"}).encode()
        self.send_response(200 if route else 404)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
