"""Names for guests, made up of two words. They hold a space, so that nobody can choose one."""

import secrets
from collections.abc import Sequence

_ADJECTIVES = """
able agile airy alert amber ample apt autumn balmy bold brave breezy brief bright brisk broad
bronze busy calm candid careful cheerful chief civil clear clever cloudy coastal copper coral cosy
crisp curious daring deft dewy eager early earnest easy even fair famous fast fine fleet fond
frank fresh frosty gentle glad golden good grand green happy hardy hazel hearty honest humble
ivory jolly keen kind late light lively loyal lucky lunar mellow merry mild misty modest neat
nimble noble northern olive open patient pearly plain polite proud quick quiet rapid ready rosy
royal rustic sandy scarlet sharp shy silent silver simple smart smooth snowy solar solid southern
spare spry stable steady stout sturdy subtle sunny swift tall tame tidy true upbeat velvet vivid
warm wary whole wild willing windy wintry wise witty young zesty
"""
_ANIMALS = """
alpaca antelope badger bear bee beetle bison boar bobcat buffalo camel caribou cat cheetah
chipmunk cod condor cougar coyote crab crane cricket crow curlew deer dingo dolphin donkey dove
dragonfly duck eagle egret eland elk emu falcon ferret finch firefly fox frog gannet gazelle gecko
gibbon giraffe goose gopher grouse gull hamster hare hawk hedgehog heron hippo horse hound hyena
ibex ibis iguana impala jackal jaguar jay kestrel kingfisher kite kiwi koala lark lemur leopard
linnet lion lizard llama lobster lynx macaw magpie mallard marmot marten mink mole mongoose moose
moth mouse narwhal newt ocelot octopus okapi orca osprey otter owl panda parrot pelican penguin
petrel pheasant pigeon plover pony porcupine puffin puma quail rabbit raccoon raven robin salmon
seal shrew skylark sloth snail sparrow squid squirrel stoat stork swallow swan tapir tern thrush
tiger toad tortoise toucan trout turtle viper vole walrus weasel whale wolf wombat wren yak zebra
"""

ADJECTIVES = tuple(_ADJECTIVES.split())
ANIMALS = tuple(_ANIMALS.split())

ALLOWED = 24
"""Characters of a username."""

_NUMBERS = (100, 10_000, 1_000_000_000)
"""Below which a name's number is, one try after another."""


def guest_names() -> Sequence[str]:
    """Make names up, the shortest first: "Quiet Otter", and with a number when that is taken."""
    name = f"{secrets.choice(ADJECTIVES)} {secrets.choice(ANIMALS)}".title()
    return [name, *(f"{name} {2 + secrets.randbelow(most - 2)}" for most in _NUMBERS)]


def usernames_like(username: str) -> Sequence[str]:
    """Think of usernames that somebody might take in place of one that is taken."""
    word, most = secrets.choice(ADJECTIVES), _NUMBERS[0]
    numbers = [2 + secrets.randbelow(below - 2) for below in (most, most, *_NUMBERS[1:])]
    ends = [f"_{number}" for number in numbers]
    longest = ALLOWED - len(word) - 1
    return [f"{word}_{username[:longest]}", *(username[: ALLOWED - len(e)] + e for e in ends)]
