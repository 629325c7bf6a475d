"""The network is cut after the form was sent, before the answer came: by a small TCP proxy of our own."""

import random
import re
import socket
import threading
import time

from tests.faults.web_family import BROKEN, Family, marked
from tests.faults.web_product import Product
from tests.faults.web_result import Result

ROUNDS = 12


class CuttingProxy:
    """Hands one request on to the product and then cuts both sides."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.netloc = f"localhost:{self._door.getsockname()[1]}"
        self.delay = 0.0  # seconds between the last byte of the request and the cut
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            with client, socket.create_connection(("127.0.0.1", self._port)) as product:
                product.sendall(_whole_request(client))
                time.sleep(self.delay)

    def close(self) -> None:
        self._door.close()


def _whole_request(client: socket.socket) -> bytes:
    """Everything up to the last byte of the body."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += client.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += client.recv(65536)
    return head + b"\r\n\r\n" + body


def inject(product: Product) -> Result:
    """Cut, see whether the request had arrived, try again as a person does."""
    result = Result("network cut after send")
    proxy = CuttingProxy(product.port)
    chance = random.Random(2)
    for _ in range(ROUNDS):
        family = Family(product.netloc)
        mark, words = marked()
        family.type(words)
        proxy.delay = chance.choice([0.0, 0.002, 0.02, 0.3])
        try:
            family.send("/pyyda-apua/tarkista/", {}, netloc=proxy.netloc)
        except BROKEN:
            result.injected += 1
        time.sleep(0.5)
        # It had arrived although nobody was told: only then can a second try double it.
        result.effective += bool(family.send("/pyyda-apua/perilla/").status == 200)
        family.insist("/pyyda-apua/tarkista/", {})
        result.acknowledge(mark, family.code())
    proxy.close()
    result.check_codes(product.netloc)
    return result
