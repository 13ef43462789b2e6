// Draws every chart; says so in the page when all are done, and says it in words where one fails.
(async () => {
  const places = [...document.querySelectorAll("[data-chart]")];
  let drawn = 0;
  for (const place of places) {
    const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    try {
      await window.vegaEmbed(place, spec, { renderer: "svg", actions: false });
      drawn += 1;
    } catch (error) {
      place.textContent = "This chart could not be drawn; its figures stand in the tables below.";
      place.classList.add("failed");
      console.error(error);
    }
  }
  document.documentElement.dataset.drawn = drawn;
})();
