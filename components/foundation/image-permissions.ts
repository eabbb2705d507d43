/** What pushing an image takes: to log in, and to add images to our own repositories. */
import type { Statement } from "../aws/iam";
import { regional, type Scope } from "./scope";

/**
 * Pushes to these repositories of every region, each of which copies to the others: where one is lost, fixes are pushed to
 * another. Deletes nothing.
 * @param repositories as ECR takes them in an ARN, such as `fridayproof/apps/*`.
 */
export function pushStatements(scope: Scope, repositories: readonly string[]): Statement[] {
  return [
    // Logging in is to the registry: AWS limits it to no repository.
    { Sid: "LogIn", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
    {
      Sid: "Push",
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      Resource: regional(
        scope,
        "ecr",
        repositories.map((repository) => `repository/${repository}`),
      ),
    },
  ];
}
