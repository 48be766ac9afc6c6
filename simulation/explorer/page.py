"""The page itself, a marimo app: the story, then levers on the left and the place's answer on the right."""

import marimo

app = marimo.App(width="full", app_title="trust between trusts", css_file="page.css")


@app.cell
def _():
    import marimo as mo

    from simulation.explorer import link, panel, player, settings, story, views

    return link, mo, panel, player, settings, story, views


@app.cell
def _(link, mo):
    # what is explored comes with the request, and so do settings from a link
    asked = mo.app_meta().request
    place = asked.meta["place"]
    told = ",".join(asked.query_params.get(link.NAME, []))
    start, problems = link.settings_from_text(told, place.opening, place.scenario)
    opens_exploring = bool(told) or "explore" in asked.query_params
    return opens_exploring, place, problems, start


@app.cell
def _(mo, opens_exploring, story):
    get_step, set_step = mo.state(len(story.TITLES) if opens_exploring else 0)
    return get_step, set_step


@app.cell
def _(get_step, mo, set_step, story):
    back = mo.ui.button(label="Back", on_click=lambda _: set_step(get_step() - 1))
    on = mo.ui.button(label="Next step", on_click=lambda _: set_step(get_step() + 1))
    skip = mo.ui.button(label="Skip the story", on_click=lambda _: set_step(len(story.TITLES)))
    again = mo.ui.button(label="The story again", on_click=lambda _: set_step(0))
    return again, back, on, skip


@app.cell
def heading(again, back, get_step, on, place, skip, views):
    """The place, and the way through the story."""
    views.heading(place, get_step(), back=back, on=on, skip=skip, again=again)


@app.cell
def _(get_step, mo, place, story):
    # a guess before anything is shown
    step = story.story_step(place, get_step()) if get_step() < len(story.TITLES) else None
    guess = None
    if step is not None and step.answers:
        guess = mo.ui.radio(list(step.answers), label=step.question)
    elif step is not None:
        guess = mo.ui.slider(0, step.most, 1, value=0, label=step.question, show_value=True, full_width=True)
    show = mo.ui.run_button(label="Show what happens")
    return guess, show, step


@app.cell
def story_step(get_step, guess, mo, show, step, views):
    """What is told, and a guess."""
    mo.stop(step is None)
    views.story(get_step(), step, guess, show)


@app.cell
def story_answer(guess, mo, show, step, views):
    """What is so."""
    mo.stop(step is None)
    views.answer(step, guess.value, shown=show.value)


@app.cell
def _(panel, place, start):
    # made once, so that moving one never takes the keyboard away from it
    controls = panel.controls(place, start)
    return (controls,)


@app.cell
def settings_pane(controls, get_step, mo, story, views):
    """The controls."""
    mo.stop(get_step() < len(story.TITLES))
    views.settings_pane(controls)


@app.cell
def _(controls, get_step, mo, panel, place, story):
    mo.stop(get_step() < len(story.TITLES))
    chosen = panel.settings_of(controls.value, place.opening)
    compared = place.compare(chosen)
    return chosen, compared


@app.cell
def results(chosen, compared, place, problems, views):
    """The headline with the gap, and which question is asked."""
    views.results(place, chosen, compared, problems)


@app.cell
def _(mo, place, player, settings):
    months = mo.ui.anywidget(player.month_player(settings.months_of(place.scenario)))
    return (months,)


@app.cell
def month_player(compared, months, views):
    """The month of the trust map."""
    views.month_player(months, compared)


@app.cell
def trust(chosen, compared, months, place, views):
    """The trust map."""
    views.trust(place, chosen, compared, months.value["month"])


@app.cell
def consequences(chosen, compared, place, views):
    """Who wins and who loses, and the plan."""
    views.consequences(place, chosen, compared)


@app.cell
def take_away(chosen, compared, place, views):
    """Files and a link."""
    views.take_away(place, chosen, compared)


if __name__ == "__main__":
    app.run()
