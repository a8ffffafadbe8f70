"""The answer of `frontier` in sentences."""

from simulator.questions.frontier.curves import Frontier
from simulator.questions.frontier.moves import moves_told
from simulator.questions.frontier.next_posts import next_told
from simulator.questions.frontier.reached import reached, reached_told
from simulator.questions.frontier.words import frontier_sentences


def sentences(frontier: Frontier) -> list[str]:
    """Return a sentence for every two frameworks by every measure, who does better where; and where targets are met.

    Of one framework alone, how each measure moves with the number of inspectors. Last what the next ones bring.
    """
    names = frontier.question.names
    told = frontier_sentences(frontier)
    if len(names) == 1:
        told = [moves_told(frontier, names[0], quantity) for quantity in frontier.quantities]
    meets = (reached_told(frontier, place) for place in reached(frontier))
    return [*meets, *told, *next_told(frontier)]
