/** The page: nothing of a plan becomes an element, nothing is loaded, and every change is in it under its component. */
import { describe, expect, test } from "vitest";
import { htmlOf } from "../../../guard/report";
import { preview, terraform, urnOf } from "../verdict/support";
import { reportOn } from "./support";

const LB = "aws:lb/loadBalancer:LoadBalancer";
const SUBNET = "aws:ec2/subnet:Subnet";
const site = preview([
  {
    op: "update",
    type: LB,
    name: "front",
    old: { idleTimeout: 60 },
    next: { idleTimeout: 30 },
    uses: { subnets: [urnOf(SUBNET, "public")] },
    diff: ["idleTimeout"],
  },
  { op: "create", type: SUBNET, name: "public", next: { cidrBlock: "10.0.0.0/24" } },
]).replace('"newState":{', `"newState":{"parent":"${urnOf("app:index:Site", "site")}",`);

/** Elements of the page in order; an end that fits no beginning is named. */
function unbalanced(html: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const empty = ["meta", "br", "input", "rect", "line"];
  for (const [, slash, name = "", rest = ""] of html
    .replace(/<!doctype html>|<style>[^]*?<\/style>/g, "")
    .matchAll(/<(\/?)([a-z0-9]+)([^>]*)>/g)) {
    if (empty.includes(name) || rest.endsWith("/")) continue;
    if (slash === "") open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

test("is whole: every element that begins ends", () => {
  const html = htmlOf(reportOn({ prod: site, dev: terraform([]), qa: "[]" }));
  expect(unbalanced(html)).toEqual([]);
  expect(html.match(/<h2[^>]*>[^<]*/g)).toEqual([
    '<h2 id="e0">qa: no plan',
    '<h2 id="e1">prod: DEGRADES',
    '<h2 id="e2">dev: SAFE',
  ]);
});

test("loads nothing and runs nothing", () => {
  const html = htmlOf(reportOn({ prod: site }));
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(html).not.toMatch(/<(script|link|img|iframe|object)\b|url\(|@import|\son\w+=/);
});

describe("what a plan holds", () => {
  test.each([
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ['" onmouseover="x', "&quot; onmouseover=&quot;x"],
    ["a & b's", "a &amp; b&#39;s"],
  ])("%s stays a text", (value, shown) => {
    const html = htmlOf(
      reportOn({
        prod: terraform([{ type: "aws_lb", name: value, before: { idle_timeout: 60 }, after: { idle_timeout: 30 } }]),
      }),
    );
    expect(html).toContain(`<code>aws_lb.${shown}</code>`);
    expect(html).not.toContain(value);
    expect(unbalanced(html)).toEqual([]);
  });

  test("has its old and new value, its component, and those around it", () => {
    const html = htmlOf(reportOn({ prod: site }));
    expect(html).toContain("<h3>site</h3>");
    expect(html).toContain("<td><code>60</code></td><td><code>30</code></td>");
    expect(html).toContain('aria-label="front: 0 on the left use it, it uses 1 on the right"');
  });

  test("that hurts is open and can be filtered out; what is harmless is closed", () => {
    const html = htmlOf(reportOn({ prod: site }));
    expect(html).toMatch(/<details class="change DEGRADES" id="c0-0" open>/);
    expect(html).toMatch(/<details class="change SAFE" id="c0-1">/);
    expect(html).toContain("body:has(#show-SAFE:not(:checked)) .change.SAFE { display: none; }");
    expect(html).toContain('<input type="checkbox" id="show-SAFE" checked>');
  });
});

test("users beyond what a drawing bears are counted", () => {
  const uses = { subnets: [urnOf(SUBNET, "public")] };
  const users = Array.from({ length: 12 }, (_each, index) => ({
    op: "update",
    type: LB,
    name: `lb${index}`,
    old: { idleTimeout: 60 },
    next: { idleTimeout: 30 },
    diff: ["idleTimeout"],
    uses,
  }));
  const html = htmlOf(
    reportOn({ prod: preview([...users, { op: "create", type: SUBNET, name: "public", next: {} }]) }),
  );
  expect(html).toContain("and 4 more");
});
