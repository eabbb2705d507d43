/** Names of branches that Argo CD may follow. */

/** What may be deployed from: a branch, and not HEAD, which is whatever the host calls its default today. */
export const branchForm = /^(?!HEAD$)\w[\w./-]*$/;
