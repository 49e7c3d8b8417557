"""A cable between the product and an engine that a test can pull and put back, while both sides go on running."""

import contextlib
import socket
import threading
from collections.abc import Iterator

from tests.servers import free_port


class Cable:
    """Forwards TCP from `port` to the engine's; pulled, every connection breaks and new ones are refused."""

    def __init__(self, engine_port: int) -> None:
        self.port = free_port()
        self._engine = engine_port
        self._listener: socket.socket | None = None
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()

    def plug(self) -> None:
        """Connections work from now on."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def pull(self) -> None:
        """Break every connection and refuse new ones."""
        with self._lock:
            listener, self._listener = self._listener, None
            ends, self._ends = self._ends, set()
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for end in ends:
            _break(end)

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self._engine))
                except OSError:
                    near.close()
                    continue
                with self._lock:
                    if self._listener is not listener:  # pulled meanwhile
                        near.close()
                        far.close()
                        return
                    self._ends |= {near, far}
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=_copy, args=(source, target), daemon=True).start()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    _break(source)
    _break(target)


def _break(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextlib.contextmanager
def cable_to(engine_port: int) -> Iterator[Cable]:
    """A plugged cable until the block ends."""
    cable = Cable(engine_port)
    cable.plug()
    try:
        yield cable
    finally:
        cable.pull()
