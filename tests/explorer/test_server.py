"""Where the page listens, and for whom."""

import pytest

from simulation.explorer.server import FIRST_PORT, HOST, PORTS, PortInUseError, listen, new_token

pytestmark = pytest.mark.unit


def test_it_listens_on_this_machine_alone_and_each_page_on_a_port_of_its_own():
    with listen(None) as first, listen(None) as second:
        assert first.getsockname()[0] == second.getsockname()[0] == HOST == "127.0.0.1"
        ports = {first.getsockname()[1], second.getsockname()[1]}
        assert len(ports) == 2
        assert ports <= set(range(FIRST_PORT, FIRST_PORT + PORTS))


def test_a_port_that_is_taken_is_said():
    with listen(None) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError, match=f"port {port} is in use; name another with --port"):
            listen(port)


def test_no_two_tokens_are_the_same_and_all_are_long():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 20
