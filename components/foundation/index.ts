/** What stands once in an account: roles, certificates, images, states, the trail and the runners. */
export { AccountRoles, type AccountRolesArgs } from "./account-roles";
export { Certificates, type CertificatesArgs } from "./certificates";
export { delegatedZone, publicNameServers } from "./delegation";
export { githubIdentity, type GitHubIdentityArgs } from "./github-identity";
export { ImageStore, type ImageStoreArgs } from "./image-store";
export { Runner, type RunnerArgs } from "./runner";
export { StateStore, type StateStoreArgs } from "./state-store";
export { Trail, type TrailArgs } from "./trail";
