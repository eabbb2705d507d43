/** What components of AWS resources share: documents of IAM, and values that wait for more than their own resource. */
export { after } from "./after";
export { type PolicyDocument, policyDocument, policyJson, type Statement, tlsOnly, type TrustStatement } from "./iam";
