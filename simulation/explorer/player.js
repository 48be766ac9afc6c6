// A range input over the months, and a button that plays them from where they stand, or from the start.
const A_MONTH = 500; // ms

function render({ model, el }) {
  const names = model.get("names");
  const label = document.createElement("div");
  label.className = "months";
  label.textContent = "Trust map in ";
  const told = document.createElement("output");
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: names.length - 1, step: 1 });
  slider.setAttribute("aria-label", "Trust map in");
  const play = document.createElement("button");
  play.type = "button";
  label.append(told, slider);
  el.classList.add("player");
  el.append(play, label);
  let timer = null;

  function show(month) {
    slider.value = month;
    slider.setAttribute("aria-valuetext", names[month]);
    told.textContent = names[month];
  }

  function turnTo(month) {
    show(month);
    model.set("month", month);
    model.save_changes();
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play the months";
  }

  function begin() {
    if (Number(slider.value) >= names.length - 1) turnTo(0);
    timer = setInterval(() => {
      const next = Number(slider.value) + 1;
      if (next >= names.length) return stop();
      turnTo(next);
    }, A_MONTH);
    play.textContent = "Pause";
  }

  slider.addEventListener("input", () => {
    stop();
    turnTo(Number(slider.value));
  });
  play.addEventListener("click", () => (timer === null ? begin() : stop()));
  stop();
  show(model.get("month"));
  return stop;
}

export default { render };
