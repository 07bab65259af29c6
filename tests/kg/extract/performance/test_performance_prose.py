"""Self-evaluations in sentences: of the whole unit, and in the annex of a project."""

from decimal import Decimal

from performance_forms import outline_of

from kg.extract.performance import read_performance, read_unit_review
from kg.facts import Evaluation


class TestUnitReview:
    def review(self, text: str) -> Evaluation | None:
        outlined = outline_of("十三、预算绩效情况说明\n(二)部门整体支出自评结果\n" + text)
        facts = list(read_unit_review(outlined, 2023))
        return next((fact for fact in facts if isinstance(fact, Evaluation)), None)

    def test_is_read_where_its_amounts_follow_on_each_other(self) -> None:
        review = self.review("项目全年预算数为50万元，执行数为40万元，完成预算的80%。其他1万元。\n")
        assert review is not None
        assert review.project is None
        assert review.budget is not None
        assert review.executed is not None
        assert review.execution_rate is not None
        figures = (review.budget.amount, review.executed.amount, review.execution_rate.value)
        assert figures == (500000, 400000, 80)

    def test_has_the_score_of_the_unit(self) -> None:
        review = self.review("1.部门整体绩效自评得分92.5分。\n")
        assert review is not None
        assert review.score == Decimal("92.5")

    def test_is_none_where_nothing_is_said_in_as_many_words(self) -> None:
        assert self.review("自评涉及资金50万元，总体较好。\n") is None


class TestProseReport:
    def annex(self, text: str) -> list[Evaluation]:
        found = read_performance(outline_of("第六部分 附件\n" + text), 2023)
        return [fact for fact in found if isinstance(fact, Evaluation)]

    REPORT = (
        "2023年度种树项目绩效自评结果\n（一）自评结论\n1、自评得分\n"
        "2023年度种树项目（以下简称“本项目”）自评得分95.5分。\n2、执行率情况\n"
        "2023年本项目预算资金为50万元，执行数为40万元，预算执行率80%。\n"
        "3、存在的问题和原因\n（1）天旱，成活率仅85%。\n（2）人少。\n4、其他\n共用3万元。\n"
    )

    def test_is_of_the_project_that_it_scores(self) -> None:
        [evaluation] = self.annex(self.REPORT)
        assert evaluation.project == "种树"
        assert evaluation.budget is not None
        assert (evaluation.budget.amount, evaluation.score) == (500_000, Decimal("95.5"))
        assert evaluation.problems == "（1）天旱，成活率仅85%。（2）人少。"

    def test_figure_of_a_part_or_of_another_year_is_not_the_wholes(self) -> None:
        other = "其中公用经费预算资金为9万元。2022年预算资金为60万元，"
        [evaluation] = self.annex(self.REPORT.replace("2023年本项目", other + "2023年本项目"))
        assert evaluation.budget is not None
        assert evaluation.budget.amount == 500_000

    def test_problems_are_what_stands_under_their_heading_alone(self) -> None:
        unmet = "（3）未完成的绩效目标\n有2项未完成。\n表1.1 未完成指标分析表\n种树棵数 9棵 7棵\n"
        used = "（1）上年度绩效评价结果应用情况\n去年的意见已改。\n（2）本年度存在的问题和原因\n"
        heading = "3、存在的问题和原因\n"
        text = self.REPORT.replace(heading, unmet + heading + used)
        text = text.replace("（1）天", "①天").replace("（2）人少。\n", "表1.2 树种表\n松树 3棵\n")
        [evaluation] = self.annex(text)
        assert evaluation.problems == "①天旱，成活率仅85%。"

    def test_title_of_the_second_half_ends_what_stands_before_it(self) -> None:
        further = "佐证材料\n（一）基本情况\n种树已有十年。\n（二）绩效目标完成情况分析\n已完成。\n"
        improved = "（三）下一步拟改进措施\n早浇水，早防虫。\n"
        [evaluation] = self.annex(self.REPORT.partition("4、")[0] + improved + further)
        assert evaluation.improvements == "早浇水，早防虫。"
        assert evaluation.outputs == "已完成。"

    def test_that_says_nothing_of_its_subject_is_none(self) -> None:
        text = self.REPORT.replace("2023年度种树项目绩效自评结果", "绩效自评结果")
        text = text.replace("2023年度种树项目（以下简称“本项目”）", "")
        assert self.annex(text) == []
