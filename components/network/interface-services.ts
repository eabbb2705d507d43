/** AWS services that can be reached without leaving the VPC. */

/**
 * Services that the platform itself calls from nodes and pods, and what stops without a way to them. Others go through
 * NAT.
 */
export const INTERFACE_SERVICES = {
  "ecr.api": "nodes cannot log in to the registry, so no pod starts on a new node",
  "ecr.dkr": "nodes cannot pull images",
  "eks-auth": "pods get no credentials from Pod Identity",
  ec2: "the pod network takes no further address, and no volume is attached",
  elasticloadbalancing: "gateway pods are not registered with their target group",
  autoscaling: "the autoscaler adds no node",
  secretsmanager: "secrets are not refreshed",
  sts: "callers that still assume roles by token get none",
  logs: "what runs on the nodes writes no logs",
} as const;

/** An AWS service that can have an interface endpoint here. */
export type InterfaceService = keyof typeof INTERFACE_SERVICES;
