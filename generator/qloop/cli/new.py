from qloop.cli.words import say
import click
@click.group(help=say("new.help"), short_help=say("new.short"))
def new(): pass
