// Resolves to true when several looks in a row find the same complete page, or to false when
// patience (in ms, as the pause between two looks) has ended.
([looks, pause, patience]) =>
  new Promise((resolve) => {
    const all = (selector, test) => [...document.querySelectorAll(selector)].every(test);
    const mapState = (frame) => {
      const view = frame.contentWindow,
        painted = frame.contentDocument?.documentElement?.dataset.painted;
      const ranked = document.querySelector(".ranking[data-shows]")?.dataset.shows;
      if (!painted || (ranked && ranked !== painted)) return null;
      if (frame.contentDocument.querySelector(".leaflet-zoom-anim")) return null;
      const map = view.map_div,
        centre = map.getCenter();
      return [
        painted,
        map.getZoom(),
        centre.lat,
        centre.lng,
        view.innerWidth,
        view.innerHeight,
      ].join();
    };
    const read = () => {
      const app = document.querySelector("[data-testid=stApp]");
      const main = document.querySelector("[data-testid=stMain]");
      const maps = [...document.querySelectorAll(".st-key-map")].map((e) =>
        e.querySelector("iframe") ? mapState(e.querySelector("iframe")) : null,
      );
      const complete =
        app?.getAttribute("data-test-script-state") === "notRunning" &&
        main?.querySelector(".nav, .st-key-sign_in_page") &&
        !document.querySelector(".atlas-loading") &&
        all(".stHtml img", (i) => i.complete && i.naturalWidth > 0) &&
        all(".stVegaLiteChart", (e) => e.querySelector("svg, canvas")) &&
        maps.every((state) => state !== null) &&
        !document.querySelector("[data-testid=stSkeleton]");
      return complete
        ? [
            main.textContent.length,
            main.scrollWidth,
            main.scrollHeight,
            document.querySelectorAll("*").length,
            location.href,
            ...maps,
          ].join()
        : null;
    };
    const end = performance.now() + patience;
    let last = null,
      same = 0;
    const look = () => {
      const state = read();
      same = state !== null && state === last ? same + 1 : 1;
      last = state;
      if (state !== null && same >= looks) resolve(true);
      else if (performance.now() > end) resolve(false);
      else setTimeout(look, pause);
    };
    look();
  });
