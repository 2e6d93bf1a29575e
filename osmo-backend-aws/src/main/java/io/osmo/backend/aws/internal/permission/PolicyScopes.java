// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.permission;

import io.osmo.backend.aws.internal.Partition;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.PolicyWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * To what each action can be limited: the region, the account and the names of one backend, and its ownership tag where the service
 * checks tags. Listing calls cannot be limited to resources.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
 *     Service Authorization Reference</a>
 */
final class PolicyScopes {
    private static final String ANY = "*";
    private static final String EQUALS = "StringEquals";
    private static final String TAG = "aws:ResourceTag/";

    /** What EC2 creates, and what controllers in the cluster created without the backend's tag. */
    private static final Set<String> UNTAGGED = Set.of(
            "AllocateAddress",
            "CreateInternetGateway",
            "CreateLaunchTemplate",
            "CreateNatGateway",
            "CreatePlacementGroup",
            "CreateRouteTable",
            "CreateSecurityGroup",
            "CreateSubnet",
            "CreateVpc",
            "CreateVpcEndpoint",
            "DeleteNetworkInterface",
            "DeleteSecurityGroup",
            "RevokeSecurityGroupEgress",
            "RevokeSecurityGroupIngress");

    /** KMS actions on a key that exists, has our tag and is changed. */
    private static final Set<String> ON_OUR_KEY =
            Set.of("CancelKeyDeletion", "EnableKey", "EnableKeyRotation", "PutKeyPolicy", "ScheduleKeyDeletion");

    private final String name;
    private final String region;
    private final String partition;
    private final String account;
    private final Optional<BackendSpec> spec;

    PolicyScopes(PolicyWriter.Request request) {
        this.name = request.ref().name();
        this.region = request.ref().region();
        this.partition = Partition.of(region);
        this.account = request.account().orElse(ANY);
        this.spec = request.spec();
    }

    /** Where an action is allowed: several scopes when it is called for different things. */
    List<Scope> of(String action) {
        String service = action.substring(0, action.indexOf(':'));
        String verb = action.substring(action.indexOf(':') + 1);
        return switch (service) {
            case "autoscaling" -> List.of(autoScaling(verb));
            case "backup" -> List.of(backup(verb));
            case "ec2" -> ec2(verb);
            case "eks" -> List.of(eks(verb));
            case "elasticloadbalancing" -> List.of(loadBalancers(verb));
            case "iam" -> List.of(iam(verb));
            case "kms" -> List.of(kms(verb));
            case "logs" -> List.of(verb.startsWith("Describe") ? Scope.of(ANY) : Scope.of(logGroup()));
            case "ssm" -> List.of(Scope.of("arn:" + partition + ":ssm:" + region + "::parameter/aws/service/*"));
            default -> List.of(Scope.of(ANY));
        };
    }

    private String arn(String service, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }

    private Scope ours(Scope scope) {
        return scope.when(EQUALS, TAG + Ownership.BACKEND, name);
    }

    private static boolean lists(String verb) {
        return verb.startsWith("Describe") || verb.startsWith("List") || verb.startsWith("Get");
    }

    private Scope autoScaling(String verb) {
        return lists(verb)
                ? Scope.of(ANY)
                : Scope.of(arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/eks-*"))
                        .when(EQUALS, TAG + "eks:cluster-name", name);
    }

    private Scope backup(String verb) {
        if (verb.contains("BackupVault") && !verb.startsWith("List")) {
            return Scope.of(arn("backup", "backup-vault:osmo-" + name));
        }
        if (verb.equals("TagResource")) {
            return Scope.of(arn("backup", "backup-vault:osmo-" + name), arn("backup", "backup-plan:*"));
        }
        return verb.equals("DescribeRegionSettings")
                        || verb.equals("ListBackupPlans")
                        || verb.equals("ListBackupVaults")
                ? Scope.of(ANY)
                : Scope.of(arn("backup", "backup-plan:*"));
    }

    private List<Scope> ec2(String verb) {
        Scope region = Scope.of(arn("ec2", "*/*"));
        return switch (verb) {
            case "CreateTags" ->
                List.of(
                        region.when(
                                EQUALS,
                                "ec2:CreateAction",
                                List.of(
                                        "AllocateAddress",
                                        "CreateInternetGateway",
                                        "CreateLaunchTemplate",
                                        "CreateNatGateway",
                                        "CreatePlacementGroup",
                                        "CreateRouteTable",
                                        "CreateSecurityGroup",
                                        "CreateSubnet",
                                        "CreateVpc",
                                        "CreateVpcEndpoint",
                                        "RunInstances")),
                        ours(region));
            case "DeleteVolume" ->
                List.of(Scope.of(arn("ec2", "volume/*")).when(EQUALS, TAG + "KubernetesCluster", name));
            // Images are of no account, or of Amazon's.
            case "RunInstances" ->
                List.of(Scope.of("arn:" + partition + ":ec2:" + this.region + ":*:*/*")
                        .when("ArnLike", "ec2:LaunchTemplate", arn("ec2", "launch-template/*")));
            default -> List.of(lists(verb) ? Scope.of(ANY) : UNTAGGED.contains(verb) ? region : ours(region));
        };
    }

    private Scope eks(String verb) {
        return verb.equals("DescribeAddonVersions") || verb.equals("DescribeClusterVersions")
                ? Scope.of(ANY)
                : Scope.of(
                        arn("eks", "access-entry/" + name + "/*"),
                        arn("eks", "addon/" + name + "/*"),
                        arn("eks", "cluster/" + name),
                        arn("eks", "nodegroup/" + name + "/*"),
                        arn("eks", "podidentityassociation/" + name + "/*"));
    }

    private Scope loadBalancers(String verb) {
        return lists(verb)
                ? Scope.of(ANY)
                : Scope.of(arn("elasticloadbalancing", "loadbalancer/*"), arn("elasticloadbalancing", "targetgroup/*"));
    }

    /** IAM takes a role that does not exist for one without a path, so what finds and deletes roles allows that too. */
    private Scope iam(String verb) {
        String prefix = "arn:" + partition + ":iam::" + account + ":";
        String own = prefix + "role/osmo-backend/" + region + "/" + name + "/*";
        return switch (verb) {
            case "CreateRole" -> Scope.of(own);
            case "PassRole" ->
                Scope.of(own)
                        .when(
                                EQUALS,
                                "iam:PassedToService",
                                List.of(
                                        "backup.amazonaws.com",
                                        Partition.servicePrincipal("ec2", region),
                                        "eks.amazonaws.com",
                                        "pods.eks.amazonaws.com"));
            case "CreateServiceLinkedRole" ->
                Scope.of(prefix + "role/aws-service-role/*")
                        .when(
                                EQUALS,
                                "iam:AWSServiceName",
                                List.of(
                                        "autoscaling.amazonaws.com",
                                        "eks-nodegroup.amazonaws.com",
                                        "eks.amazonaws.com",
                                        "spot.amazonaws.com"));
            case "GetUser" -> new Scope(admins(), Map.of());
            // Also of administrators, and of the caller, of whom nothing is known before.
            case "GetRole" -> Scope.of(prefix + "role/*");
            case "SimulatePrincipalPolicy" -> Scope.of(prefix + "role/*", prefix + "user/*");
            default -> Scope.of(own, prefix + "role/osmo-*");
        };
    }

    private List<String> admins() {
        return spec.map(BackendSpec::admins).orElse(List.of()).stream()
                .distinct()
                .sorted()
                .toList();
    }

    private Scope kms(String verb) {
        Scope key = Scope.of(
                spec.flatMap(wanted -> wanted.encryption().existingKeyId()).orElseGet(() -> arn("kms", "key/*")));
        if (ON_OUR_KEY.contains(verb)) {
            return ours(key);
        }
        return switch (verb) {
            case "CreateAlias", "DeleteAlias", "UpdateAlias" ->
                Scope.of(arn("kms", "alias/osmo-backend/" + name), arn("kms", "key/*"));
            case "CreateGrant" -> key.when("Bool", "kms:GrantIsForAWSResource", "true");
            case "CreateKey" -> Scope.of(ANY);
            case "TagResource" -> key.when(EQUALS, "aws:RequestTag/" + Ownership.BACKEND, name);
            default -> key;
        };
    }

    private String logGroup() {
        return arn("logs", "log-group:/aws/eks/" + name + "/cluster:*");
    }
}
