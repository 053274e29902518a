"""Statistics, tables and JSON of the benchmarks."""

import json

import pytest

from benchmarks.measurement import Measurement, lead, ratios
from benchmarks.report import as_json, summary, table, time_text, write_json


def measured(peer: str, *seconds: float, case: str = "small", **fields: object) -> Measurement:
    return Measurement("product", case, 2, peer, seconds=seconds, **fields)


CASE = [
    measured("theano", 2e-3, 1e-3, 3e-3, flops=4_000_000, used_bytes=3 << 20, note="numpy arrays"),
    measured("jax", 3e-3, 3e-3, 3e-3, flops=4_000_000, note="jax arrays"),
    measured("memcpy", 1e-3, 1e-3, 1e-3, is_roofline=True),
    Measurement("product", "small", 2, "torch", failure="ValueError: no"),
]


def test_statistics_are_of_the_rounds():
    (ours, *_) = CASE
    assert ours.median_seconds == 2e-3
    assert ours.spread == pytest.approx(1.0)
    assert ours.flops_per_second == pytest.approx(2e9)
    assert ours.bytes_per_second is None


def test_a_failure_has_no_statistics():
    failed = CASE[-1]
    assert (failed.median_seconds, failed.spread, failed.flops_per_second) == (None, None, None)


def test_ratios_are_to_the_fastest_competitor():
    assert ratios(CASE) == {"theano": 1.0, "jax": pytest.approx(1.5), "memcpy": pytest.approx(0.5)}


def test_there_are_no_ratios_without_a_competitor():
    assert ratios(CASE[2:]) == {}


def test_lead_is_over_the_fastest_other_peer():
    assert lead(CASE, "theano") == ("jax", pytest.approx(1.5))
    assert lead(CASE, "jax") == ("theano", pytest.approx(2 / 3))
    assert lead(CASE, "torch") is None
    assert lead(CASE[:1], "theano") is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (2.8e-10, "0.28 ns"),
        (2.8e-7, "280 ns"),
        (9.9996e-7, "1.00 µs"),
        (9.996e-6, "10.0 µs"),
        (0.0153, "15.3 ms"),
        (0.9996, "1.00 s"),
        (99.96, "100 s"),
        (480.0, "480 s"),
    ],
)
def test_times_have_three_digits_and_a_unit(seconds, text):
    assert time_text(seconds) == text


def test_table_is_sorted_and_ends_with_failures():
    assert table(CASE).splitlines() == [
        "product: small, 2 threads",
        "  peer            median  spread  x fastest  GFLOP/s  memory",
        "  memcpy         1.00 ms      0%",
        "  theano         2.00 ms    100%       1.00     2.00   3 MiB  numpy arrays",
        "  jax            3.00 ms      0%       1.50     1.33          jax arrays",
        "  torch          n/a: ValueError: no",
    ]


def test_table_shows_bandwidth_where_traffic_is_known():
    (head, row) = table([measured("numpy", 0.5, moved_bytes=10**9)]).splitlines()[1:]
    assert "GB/s" in head
    assert row.split() == ["numpy", "500", "ms", "0%", "1.00", "2.00"]


def test_table_of_failures_alone_is_printed():
    assert table(CASE[-1:]).splitlines()[-1] == "  torch          n/a: ValueError: no"


def test_long_reasons_are_cut():
    failed = Measurement("product", "small", 1, "torch", failure="x" * 500)
    assert table([failed]).splitlines()[-1].endswith("x...")


def test_summary_takes_the_geometric_mean_over_cases():
    other = [measured("theano", 4e-3, case="large"), measured("numpy", 1.5e-3, case="large")]
    (_, _, row) = summary([CASE, other]).splitlines()
    assert row.split() == ["product", "0.75", "0.38", "1.50", "large:", "numpy"]


def test_summary_without_our_own_figures_says_so():
    assert summary([CASE[1:]]) == "theano was not measured."


def test_json_holds_rounds_and_statistics(tmp_path):
    path = tmp_path / "new" / "results.json"
    write_json(path, as_json({"processors": 2}, {"jax": {"jax": "1"}}, [CASE]))
    document = json.loads(path.read_text())
    assert document["machine"] == {"processors": 2}
    assert document["versions"] == {"jax": {"jax": "1"}}
    ours, jax, memcpy, torch = document["measurements"]
    assert ours["seconds"] == [2e-3, 1e-3, 3e-3]
    assert ours["median_seconds"] == 2e-3
    assert jax["ratio_to_fastest"] == pytest.approx(1.5)
    assert memcpy["is_roofline"] is True
    assert torch["failure"] == "ValueError: no"
    assert torch["ratio_to_fastest"] is None
