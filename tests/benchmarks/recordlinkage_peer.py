"""Pairs that recordlinkage joins in a file, as JSON: run in an environment of its own.

Its own way without labels: pairs that share a birth, a name or a neighbourhood, each field compared
by Jaro-Winkler, and its expectation-maximisation classifier.
"""

import json
import sys

import pandas
import recordlinkage

NAMED = {
    "given": ("given_name", "first_name"), "family": ("surname",),
    "born": ("date_of_birth", "dob"), "place": ("suburb", "city"),
    "street": ("address_1",), "number": ("soc_sec_id",), "email": ("email",),
}  # fmt: skip


def joined(path: str) -> list[list[str]]:
    read = pandas.read_csv(path, skipinitialspace=True, dtype=str, index_col=0)
    people = pandas.DataFrame(
        {ours: read[one] for ours, theirs in NAMED.items() for one in theirs if one in read}
    )
    index = recordlinkage.Index()
    for line in ("born", "given", "family"):
        index.block(line)
    comparing = recordlinkage.Compare()
    for field in people.columns:
        if field in ("born", "number"):
            comparing.exact(field, field)
        else:
            comparing.string(field, field, method="jarowinkler", threshold=0.85)
    features = comparing.compute(index.index(people), people)
    found = recordlinkage.ECMClassifier().fit_predict(features)
    return [sorted(map(str, pair)) for pair in found]


if __name__ == "__main__":
    print(json.dumps(joined(sys.argv[1])))
