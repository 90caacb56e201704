"""The pages."""

from flask import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = ()
