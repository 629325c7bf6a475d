// Enhancements only: everything on the page works without this file.
(() => {
  const folds = ".fold[open]";

  // A menu closes with Escape (focus goes back to its button) and when something else is pressed.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const fold of document.querySelectorAll(folds)) {
      fold.open = false;
      if (fold.contains(document.activeElement)) fold.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const fold of document.querySelectorAll(folds)) {
      if (!fold.contains(event.target)) fold.open = false;
    }
  });

  // Printing needs a script, so its button shows itself only when there is one.
  const ready = (part) => {
    for (const item of part.querySelectorAll("[data-print]")) {
      item.hidden = false;
      item.querySelector("button").addEventListener("click", () => print());
    }
  };
  ready(document);

  // The summary of errors takes the focus.
  document.querySelector(".errs")?.focus();

  // While one types, the box offers how the words may go on. The list is the browser's own, and so are
  // its keys and what a screen reader says. Words go to this site and are kept nowhere.
  const pause = 180; // milliseconds: slower than two keys, quicker than a thought
  for (const box of document.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("datalist");
    list.id = `${box.id}-jatko`;
    box.after(list);
    box.setAttribute("list", list.id);
    let waiting;
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      const words = box.value.trim();
      if ([...list.options].some((option) => option.value === words)) return;
      if (words.length < 2) return list.replaceChildren();
      waiting = setTimeout(async () => {
        const query = new URLSearchParams({ q: words });
        const answer = await fetch(`${box.dataset.suggest}?${query}`, { cache: "no-store", referrerPolicy: "no-referrer" }).catch(() => null);
        if (!answer?.ok || box.value.trim() !== words) return;
        const options = (await answer.json()).map(({ text }) => Object.assign(document.createElement("option"), { value: text }));
        list.replaceChildren(...options);
      }, pause);
    });
  }

  // A facet narrows the list at once. Only the marked parts of the page change, the focus stays on
  // the box that was ticked, and the address follows without filling the history with steps.
  let latest = 0;
  document.addEventListener("change", async (event) => {
    const form = event.target.closest("form[data-facets][data-target]");
    if (!form) return;
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form));
    const turn = ++latest;
    const target = form.dataset.target;
    document.querySelector(target).setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== latest) return;
      const { name, value } = event.target;
      for (const part of [target, ".facets form", ".facets summary"]) {
        const [old, fresh] = [document, page].map((side) => side.querySelector(part));
        if (old && fresh) old.replaceWith(document.adoptNode(fresh));
      }
      history.replaceState(null, "", address);
      document.querySelector(`.facets [name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.focus();
    } catch {
      form.submit();
    }
  });

  // Sensitive pages. The way out blanks the page before anything else happens, and takes its place in the
  // history, so that Back does not return to it.
  const leave = (link) => {
    document.documentElement.classList.add("gone");
    document.title = "…";
    location.replace(link.href);
  };
  // Steps of a quiet form and its links replace each other: the history holds one entry, not the path.
  const show = async (address, options) => {
    const answer = await fetch(address, { ...options, cache: "no-store", referrerPolicy: "no-referrer" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, fresh] = [document, page].map((side) => side.querySelector("main"));
    if (!fresh?.querySelector("[data-quiet]")) {
      // A refusal that is no page of the form: what was typed stays where it is, and a sentence says so.
      if (!answer.ok) throw new Error(answer.status);
      return location.replace(answer.url);
    }
    old.replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    history.replaceState(null, "", answer.url);
    scrollTo(0, 0);
    ready(document.querySelector("main"));
    (document.querySelector(".errs") ?? document.querySelector("main")).focus();
  };
  document.addEventListener("click", (event) => {
    const exit = event.target.closest("[data-exit]");
    if (exit) {
      event.preventDefault();
      return leave(exit);
    }
    const link = event.target.closest("[data-quiet] a[href]");
    const own = link && link.origin === location.origin && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!own || link.hash || link.target) return;
    event.preventDefault();
    show(link.href).catch(() => location.replace(link.href));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-quiet] form");
    if (!form) return;
    event.preventDefault();
    const button = event.submitter;
    if (button) button.disabled = true;
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.append(button.name, button.value);
    // Without the network nothing is lost: the form is still there, and can be sent again.
    show(form.action, { method: "POST", body }).catch(() => {
      if (button) button.disabled = false;
      const notice = document.querySelector("[data-not-sent]");
      notice.hidden = false;
      notice.scrollIntoView({ block: "center" });
    });
  });

  // A code that came in the part of the address which no server sees is put into its field.
  const fill = () => {
    const field = document.querySelector("[data-code] #code");
    if (!field || !location.hash) return;
    field.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  };
  fill();
})();
