"""Who speaks: states, organisations, institutions, offices and office-holders."""

from stance.actors.gazetteer import Gazetteer
from stance.actors.records import Actor, ActorMention, Holder

__all__ = ["Actor", "ActorMention", "Gazetteer", "Holder"]
