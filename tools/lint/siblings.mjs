/** The workspace packages and their folders: an import by name is judged as the same import by path. */
export const siblings = {
  "@fridayproof/components": "components",
  "@fridayproof/policies": "policies",
  "@fridayproof/guard": "guard",
  "@fridayproof/sandbox": "sandbox",
  fridayproof: "cli",
};
