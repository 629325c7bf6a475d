// The desk of guides, made quicker: everything here works without this file, by links and forms.
(() => {
  const desk = document.querySelector("[data-desk]");
  const pane = document.getElementById("ruutu");
  const wide = matchMedia("(width >= 64rem)");
  const partOf = { headers: { "X-Osa": "pyynto" }, cache: "no-store" };
  const every = 60_000; // milliseconds between two looks at the queue
  const stays = 10_000; // milliseconds of an undo

  // ── What was said goes away after ten seconds, unless somebody is on it.
  const watch = (toast) => {
    let timer;
    const go = () => toast.remove();
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => (toast.matches(":hover, :focus-within") ? wait() : go()), stays);
    };
    toast.addEventListener("focusout", wait);
    wait();
  };
  document.querySelectorAll("[data-toast]").forEach(watch);

  // A message that comes with a part is put where listeners already listen.
  const status = document.getElementById("sanottu");
  const say = (part) => {
    const fresh = part.querySelector("#sanottu");
    const own = document.getElementById("sanottu") ?? status;
    if (!fresh || fresh === own) return;
    const toast = fresh.firstElementChild;
    fresh.remove();
    own.replaceChildren(...(toast ? [toast] : []));
    if (toast) watch(toast);
  };

  // ── The queue looks again every minute. Focus and scroll stay where they are.
  const focusKey = () => {
    const focused = document.activeElement;
    return focused?.closest("[data-row]")?.dataset.row ?? null;
  };
  const refresh = async (force) => {
    if (!desk || document.hidden) return;
    const headers = force ? {} : { "X-Leima": desk.dataset.stamp };
    const answer = await fetch(desk.dataset.url, { headers, cache: "no-store" }).catch(() => null);
    if (!answer?.ok || answer.status === 204 || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-desk]");
    if (!fresh) return;
    const key = focusKey();
    const list = desk.querySelector(".desk-list");
    const at = [list.scrollTop, scrollY];
    const chosen = pane.querySelector("[data-case]")?.dataset.case;
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const old = desk.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!old || old.innerHTML === part.innerHTML) continue;
      if (old.contains(document.activeElement) && part.dataset.part !== "rows") continue;
      old.replaceChildren(...document.adoptNode(part).childNodes);
    }
    desk.dataset.stamp = fresh.dataset.stamp;
    mark(chosen);
    if (key) desk.querySelector(`[data-row="${CSS.escape(key)}"] a`)?.focus({ preventScroll: true });
    list.scrollTop = at[0];
    scrollTo(scrollX, at[1]);
  };
  if (desk) setInterval(refresh, every);

  // ── What is being written is kept on the server as it grows: a closed browser loses nothing.
  const pause = 1_500; // milliseconds without a key
  let keeping, sending;
  const leaveOff = () => {
    clearTimeout(keeping);
    sending?.abort();
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (!form) return;
    leaveOff();
    keeping = setTimeout(async () => {
      sending = new AbortController();
      const body = new URLSearchParams(new FormData(form));
      const options = { method: "POST", body, redirect: "manual", signal: sending.signal };
      await fetch(form.dataset.keep, options).catch(() => null);
    }, pause);
  });
  document.addEventListener("submit", leaveOff, { capture: true });

  // ── On wide screens a request opens beside the queue.
  const mark = (key) => {
    for (const row of desk.querySelectorAll("[data-row]")) {
      const is = row.dataset.row === key;
      row.classList.toggle("chosen", is);
      const link = row.querySelector("a");
      if (is) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const put = async (answer, elsewhere) => {
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("[data-case]");
    if (!fresh || page.querySelector("main")) return location.assign(elsewhere ?? answer.url);
    const part = document.adoptNode(fresh);
    say(part);
    pane.replaceChildren(part);
    desk.classList.add("has-case");
    mark(part.dataset.case);
    const address = new URL(location.href);
    address.searchParams.set("valittu", part.dataset.case);
    history.replaceState(null, "", address);
    window.scrollTo(scrollX, 0);
    pane.scrollTop = 0;
    keysShown();
    (part.querySelector(".errs") ?? part.querySelector(".case-title")).focus({ preventScroll: true });
  };
  const open = async (address) => {
    pane.setAttribute("aria-busy", "true");
    try {
      await put(await fetch(address, partOf), address);
    } catch {
      location.assign(address);
    }
    pane.removeAttribute("aria-busy");
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-row] a");
    if (!link || !desk || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link.href);
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("#ruutu form, .desk #sanottu form");
    if (!form || !desk || !wide.matches) return;
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("[type=submit]");
    if (button.disabled) return;
    button.disabled = true;
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.action, { method: "POST", body, ...partOf });
      await put(answer);
      refresh(true);
    } catch {
      button.disabled = false; // no network: what was typed is still here
    }
  });

  // ── A fold that a link leads to opens; its first field takes the focus.
  const reach = (id) => {
    const target = document.getElementById(id);
    if (!target) return false;
    const fold = target.closest("details") ?? target;
    if (fold.matches("details")) fold.open = true;
    const field = target.matches("textarea, input, select")
      ? target
      : target.querySelector("input:checked, input:not([type=hidden]), select, textarea");
    (field ?? target).focus();
    return true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-case] a[href^='#']");
    if (link && reach(link.hash.slice(1))) event.preventDefault();
  });

  // ── Keys, when somebody has switched them on. Never while typing.
  const name = "turvaverkko-nappaimet";
  const kept = () => {
    try {
      return localStorage.getItem(name) === "1";
    } catch {
      return false;
    }
  };
  let on = kept();
  const toggle = document.querySelector("[data-keys-toggle]");
  const keysShown = () => {
    for (const key of document.querySelectorAll(".case-acts kbd")) key.hidden = !on;
    toggle?.setAttribute("aria-pressed", String(on));
  };
  for (const part of document.querySelectorAll("[data-keys]")) part.hidden = false;
  keysShown();
  toggle?.addEventListener("click", () => {
    on = !on;
    try {
      localStorage.setItem(name, on ? "1" : "0");
    } catch { /* for this page only */ }
    keysShown();
  });

  const rows = () => [...document.querySelectorAll("[data-row] a")];
  const step = (by) => {
    const links = rows();
    const now = links.findIndex((link) => link === document.activeElement);
    const current = now < 0 ? links.findIndex((link) => link.matches("[aria-current]")) : now;
    const next = links[Math.min(Math.max(current + by, 0), links.length - 1)];
    next?.focus();
  };
  const press = (key) => {
    const control = document.querySelector(`[data-case] [data-key="${key}"]`);
    if (!control) return;
    if (control.matches("a")) reach(control.hash.slice(1));
    else control.click();
  };
  const narrow = () => {
    const fold = document.getElementById("rajaa");
    if (!fold) return;
    fold.open = true;
    fold.querySelector("select").focus();
  };
  const help = () => {
    const list = document.querySelector("[data-keys-list]");
    if (!list) return;
    list.open = !list.open;
    list.querySelector("summary").focus();
  };
  const does = {
    j: () => step(1), k: () => step(-1), "/": narrow, "?": help,
    a: () => press("a"), p: () => press("p"), r: () => press("r"), o: () => press("o"),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing) {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing.matches("textarea")) {
        event.preventDefault();
        typing.form.requestSubmit();
      }
      return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(does, event.key)) return;
    event.preventDefault();
    does[event.key]();
  });
})();
