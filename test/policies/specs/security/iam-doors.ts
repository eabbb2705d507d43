/** Cases of iam-trust-and-reach: documents in the words of other providers, and doors that need none. */
import type { Given } from "../../support/rule";
import { given, type Spec } from "../../support/spec";

type Statement = Readonly<Record<string, unknown>>;
const document = (statement: Statement): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...statement } });
const on = (type: string, statement: Statement): Given => ({
  type,
  name: "x",
  props: { policy: document({ Action: "*", Resource: "*", ...statement }) },
});
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const blocked = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const door = (type: string, props: Statement): Given => ({ type, name: "open", props });
const templated = (templateBody: string): Given => ({
  type: "aws:cloudformation/stack:Stack",
  name: "legacy",
  props: { templateBody },
});

/** Cases of iam-trust-and-reach: documents in the words of other providers, and doors that need none. */
export const doorCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a file system through its mount targets, and a search domain of the inside": given(
      on("aws:efs/fileSystemPolicy:FileSystemPolicy", {
        Principal: { AWS: "*" },
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      }),
      {
        type: "aws:opensearch/domain:Domain",
        name: "inside",
        props: {
          vpcOptions: { subnetIds: ["subnet-a"] },
          accessPolicies: document({ Principal: "*", Action: "es:*" }),
        },
      },
    ),
    "a key that is off": given(door("aws:iam/accessKey:AccessKey", { user: "ci", status: "Inactive" })),
    "a bucket for a network": given(
      on("aws:s3/bucketPolicy:BucketPolicy", {
        Principal: "*",
        Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      }),
    ),
    "a template with functions in the place of names": given(
      templated(
        "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: !Sub '${AWS::StackName}-ci'\n      AssumeRolePolicyDocument:\n        Statement:\n          - Effect: Allow\n            Principal: { AWS: !GetAtt Deploy.Arn, Service: { Ref: Service } }\n            Action: sts:AssumeRole\n",
      ),
      templated(
        JSON.stringify({
          Resources: {
            R: {
              Type: "AWS::IAM::Role",
              Properties: {
                AssumeRolePolicyDocument: {
                  Statement: { Effect: "Allow", Principal: { AWS: { "Fn::Sub": "arn" } }, Action: "sts:AssumeRole" },
                },
              },
            },
          },
        }),
      ),
    ),
    "a closed bucket, and one that S3 closes by itself": given(
      door("aws:s3/bucketAcl:BucketAcl", { acl: "log-delivery-write" }),
      door(blocked, {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      }),
      door("aws-native:s3:Bucket", {}),
    ),
    "functions for those who sign, and for a service": given(
      door("aws:lambda/functionUrl:FunctionUrl", { authorizationType: "AWS_IAM" }),
      door("aws:lambda/permission:Permission", { principal: "*", principalOrgId: "o-1" }),
      door("aws:lambda/permission:Permission", { principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::b" }),
      door("aws:lambda/permission:Permission", { principal: "events.amazonaws.com" }),
    ),
    "permissions that something narrows": given(
      ...["sourceArn", "sourceAccount", "principalOrgId", "eventSourceToken"].map((key) =>
        door("aws:lambda/permission:Permission", { principal: "*", [key]: "x" }),
      ),
      ...["SourceArn", "SourceAccount", "PrincipalOrgID", "EventSourceToken"].map((key) =>
        templated(
          JSON.stringify({
            Resources: { P: { Type: "AWS::Lambda::Permission", Properties: { Principal: "*", [key]: "x" } } },
          }),
        ),
      ),
    ),
    "copies and images for named accounts": given(
      door("aws:rds/snapshot:Snapshot", { sharedAccounts: ["111122223333"] }),
      door("aws:ec2/amiLaunchPermission:AmiLaunchPermission", { imageId: "ami-1", accountId: "111122223333" }),
    ),
    "a grant for those who deliver logs": given(
      door("aws:s3/bucketAcl:BucketAcl", {
        accessControlPolicy: {
          grants: [{ permission: "WRITE", grantee: { uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" } }],
        },
      }),
    ),
  },
  bad: {
    "keys without an end": given(
      door("aws:iam/accessKey:AccessKey", { user: "ci" }),
      door("aws:iam/serviceSpecificCredential:ServiceSpecificCredential", {
        userName: "ci",
        serviceName: "codecommit.amazonaws.com",
      }),
    ),
    "a copy of a database for everybody": given(
      door("aws:rds/snapshot:Snapshot", { dbInstanceIdentifier: "shop", sharedAccounts: ["111122223333", "all"] }),
      door("aws:rds/clusterSnapshot:ClusterSnapshot", { dbClusterIdentifier: "shop", sharedAccounts: ["all"] }),
    ),
    "an image for everybody": given(
      door("aws:ec2/amiLaunchPermission:AmiLaunchPermission", { imageId: "ami-1", group: "all" }),
    ),
    "a key without an end in a template": given(
      templated(JSON.stringify({ Resources: { K: { Type: "AWS::IAM::AccessKey", Properties: { UserName: "ci" } } } })),
    ),
    "a file system, a search domain and a vault for everybody": given(
      on("aws:efs/fileSystemPolicy:FileSystemPolicy", { Principal: { AWS: "*" } }),
      {
        type: "aws:opensearch/domain:Domain",
        name: "d",
        props: { accessPolicies: document({ Principal: "*", Action: "es:*" }) },
      },
      on("aws:backup/vaultPolicy:VaultPolicy", { Principal: "*" }),
    ),
    "a bucket for every address": given(
      on("aws:s3/bucketPolicy:BucketPolicy", {
        Principal: "*",
        Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
      }),
    ),
    "a role of the native provider for everybody": given(
      door("aws-native:iam:Role", {
        assumeRolePolicyDocument: { Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" }] },
        managedPolicyArns: [administrator],
        policies: [
          {
            policyName: "p",
            policyDocument: { Statement: { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" } },
          },
        ],
      }),
    ),
    "a role of a template for everybody, in JSON": given(
      templated(
        JSON.stringify({
          Resources: {
            R: {
              Type: "AWS::IAM::Role",
              Properties: {
                AssumeRolePolicyDocument: {
                  Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
                },
              },
            },
          },
        }),
      ),
    ),
    "a role of a template for everybody, in YAML": given(
      templated(
        "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement:\n          - Effect: Allow\n            Principal: '*'\n            Action: sts:AssumeRole\n",
      ),
    ),
    "a bucket of a template, and one by Cloud Control": given(
      templated(
        JSON.stringify({
          Resources: {
            P: {
              Type: "AWS::S3::BucketPolicy",
              Properties: {
                PolicyDocument: {
                  Statement: { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "a" },
                },
              },
            },
            B: {
              Type: "AWS::S3::Bucket",
              Properties: { AccessControl: "PublicRead", PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
            },
          },
        }),
      ),
      door("aws:cloudcontrol/resource:Resource", {
        typeName: "AWS::Lambda::Url",
        desiredState: JSON.stringify({ AuthType: "NONE", TargetFunctionArn: "f" }),
      }),
    ),
    "a policy of a template that reads every key": given(
      templated(
        JSON.stringify({
          Resources: {
            P: {
              Type: "AWS::IAM::ManagedPolicy",
              Properties: { PolicyDocument: { Statement: { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" } } },
            },
          },
        }),
      ),
    ),
    "a permission of a template for everybody": given(
      templated(
        JSON.stringify({
          Resources: {
            P: { Type: "AWS::Lambda::Permission", Properties: { Principal: "*", Action: "lambda:InvokeFunction" } },
          },
        }),
      ),
    ),
    "access lists for everybody": given(
      door("aws:s3/bucketAcl:BucketAcl", { acl: "public-read" }),
      { ...door("aws:s3/bucket:Bucket", { acl: "authenticated-read" }), options: { protect: true } },
      {
        ...door("aws:s3/bucketAcl:BucketAcl", {
          accessControlPolicy: {
            grants: [{ permission: "READ", grantee: { uri: "http://acs.amazonaws.com/groups/global/AllUsers" } }],
          },
        }),
        name: "granted",
      },
      {
        ...door("aws:s3/bucket:Bucket", {
          grants: [{ permissions: ["READ"], uri: "http://acs.amazonaws.com/groups/global/AllUsers" }],
        }),
        name: "old",
      },
    ),
    "a bucket whose switches nobody sets": given(door(blocked, {})),
    "a bucket that may be opened": given(door(blocked, { blockPublicAcls: true, blockPublicPolicy: false })),
    "a function for everybody": given(
      door("aws:lambda/functionUrl:FunctionUrl", { authorizationType: "NONE" }),
      door("aws:lambda/permission:Permission", { principal: "*" }),
    ),
  },
};
