from qloop.cli.words import say
import click
@click.command(help=say("init.help"), short_help=say("init.short"))
def init(): pass
