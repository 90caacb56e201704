"""What forms, links, routes and operations answer to requests right and wrong; `make soak` sends twenty thousand."""

import random
from itertools import islice

from flask.testing import FlaskClient

from benchmarks.random_requests import Judge
from tests.thoroughness import tried
from tests.web.made_up_requests import Answer, MadeUp, Request

COUNT = tried(30, 1000)


def test_requests_right_and_wrong_find_no_fault_and_no_undocumented_answer(make_app, baselines):
    client = make_app(packs_per_minute=1).test_client(use_cookies=False)

    def send(request: Request) -> Answer:
        return asked(client, request)

    made = MadeUp(send, baselines, random.Random(7))
    judge = Judge(made.operations)
    for request in islice(made, COUNT):
        judge.look(request, send(request))
    assert judge.faults == []
    assert judge.statuses[200] > COUNT // 5
    assert judge.statuses[404] + judge.statuses[422] > COUNT // 10


def asked(client: FlaskClient, request: Request) -> Answer:
    """The same without a server."""
    answer = client.open(
        request.path,
        method=request.method,
        data=request.body,
        content_type=request.media or None,
        headers=list(request.headers),
    )
    return Answer(answer.status_code, {name.casefold(): value for name, value in answer.headers}, answer.data)
