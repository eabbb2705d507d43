/** docs/contributing.md says of every folder what is in it, and its picture shows the house as it is. */
import { describe, expect, it } from "vitest";
import { type Folder, folderProblems, foldersOf, houseFolders } from "../../tools/docs/house/folders";
import { importGraph, productFiles } from "../../tools/docs/house/imports";
import { houseDot, housePicture } from "../../tools/docs/house/picture";
import { expectRecorded } from "../support/recording";

describe("the page for whoever changes the house", () => {
  it("has a row for every folder of the first and second level, and no other", () => {
    expect(folderProblems(houseFolders(), productFiles())).toEqual([]);
  });

  it("has the picture that the imports give", async () => {
    expectRecorded("docs/pictures/house.svg", await housePicture(houseFolders(), importGraph()));
  });
});

describe("the table of folders", () => {
  const page =
    "| folder | what is there |\n| --- | --- |\n| `shop` | The shop |\n| `shop/till` | one till |\n\n| `other` | table |\n";

  it("is read from the page", () => {
    expect(foldersOf(page)).toEqual([
      { path: "shop", purpose: "The shop" },
      { path: "shop/till", purpose: "one till" },
    ]);
  });

  it("tells of folders without a row, rows without a folder and rows that stand twice", () => {
    const rows = [...foldersOf(page), { path: "shop/till", purpose: "another" }];
    expect(folderProblems(rows, ["shop/a.ts", "shop/cellar/b.ts", "README.md"])).toEqual([
      "shop/cellar: has no row in the table",
      "shop/till: is no folder",
      "shop/till: is no folder",
      "shop/till: has two rows",
    ]);
  });
});

describe("the picture", () => {
  const folders: readonly Folder[] = [
    { path: "shop", purpose: "The `shop` & more" },
    { path: "shop/till", purpose: "one till" },
    { path: "store", purpose: "The store" },
    { path: "tools", purpose: "Tools" },
  ];
  const dot = houseDot(
    folders,
    new Map([
      ["shop/a.ts", new Set(["store/rack/b.ts", "shop/till/c.ts"])],
      ["shop/till/c.ts", new Set(["store/d.ts"])],
      ["tools/e.ts", new Set(["shop/a.ts", "store/d.ts"])],
    ]),
  );

  it("has a box for each room with its folders, in text that XML can read", () => {
    expect(dot.match(/^"\w+" \[label=</gm)).toHaveLength(3);
    expect(dot).toContain("<b>till</b>");
    expect(dot).toContain("The shop &amp; more");
  });

  it("has one arrow from room to room, with the folders that are reached", () => {
    expect(dot.match(/^"\w+" -> "\w+" \[label.*/gm)).toEqual(['"shop" -> "store" [label="its own files, rack"];']);
  });

  it("says in words what the tools import", () => {
    expect(dot).toContain("imports shop, store");
  });
});
