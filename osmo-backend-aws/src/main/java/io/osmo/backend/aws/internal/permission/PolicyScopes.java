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
 * To what each action can be limited: the region, the account and the names of one backend, and its ownership tag where the service checks
 * tags for that action, on what exists or in the request. Listing calls cannot be limited to resources.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
 *     Service Authorization Reference</a>
 */
final class PolicyScopes {
    private static final String ANY = "*";
    private static final String EQUALS = "StringEquals";
    private static final String TAG = "aws:ResourceTag/";
    private static final String REQUEST_TAG = "aws:RequestTag/";

    /** KMS actions that change an existing key with the backend's tag. */
    private static final Set<String> ON_OUR_KEY =
            Set.of("CancelKeyDeletion", "EnableKey", "EnableKeyRotation", "PutKeyPolicy", "ScheduleKeyDeletion");

    private final String name;
    private final String region;
    private final String partition;
    private final String account;
    private final Optional<BackendSpec> spec;
    private final Ec2Scopes ec2;

    PolicyScopes(PolicyWriter.Request request) {
        this.name = request.ref().name();
        this.region = request.ref().region();
        this.partition = Partition.of(region);
        this.account = request.account().orElse(ANY);
        this.spec = request.spec();
        this.ec2 = new Ec2Scopes(
                name,
                "arn:" + partition + ":ec2:" + region + ":" + account + ":",
                spec.flatMap(each -> each.network().existingId()).isPresent());
    }

    /** Where an action is allowed: several scopes when it is called for different things. */
    List<Scope> of(String action) {
        String service = action.substring(0, action.indexOf(':'));
        String verb = action.substring(action.indexOf(':') + 1);
        return switch (service) {
            case "autoscaling" -> List.of(autoScaling(verb));
            case "backup" -> List.of(backup(verb));
            case "ec2" -> ec2.of(verb);
            case "eks" -> List.of(eks(verb));
            case "elasticloadbalancing" -> loadBalancers(verb);
            case "iam" -> List.of(iam(verb));
            case "kms" -> kms(verb);
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

    private Scope marked(Scope scope) {
        return scope.when(EQUALS, REQUEST_TAG + Ownership.BACKEND, name);
    }

    static boolean lists(String verb) {
        return verb.startsWith("Describe") || verb.startsWith("List") || verb.startsWith("Get");
    }

    private Scope autoScaling(String verb) {
        return lists(verb)
                ? Scope.of(ANY)
                : Scope.of(arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/eks-*"))
                        .when(EQUALS, TAG + "eks:cluster-name", name);
    }

    private Scope backup(String verb) {
        Scope vault = Scope.of(arn("backup", "backup-vault:osmo-" + name));
        Scope plan = Scope.of(arn("backup", "backup-plan:*"));
        return switch (verb) {
            case "CreateBackupVault" -> marked(vault);
            case "DeleteBackupVault" -> ours(vault);
            case "CreateBackupPlan" -> marked(plan);
            case "CreateBackupSelection", "DeleteBackupPlan", "DeleteBackupSelection", "UpdateBackupPlan" -> ours(plan);
            case "TagResource" ->
                marked(Scope.of(arn("backup", "backup-vault:osmo-" + name), arn("backup", "backup-plan:*")));
            case "ListTags" -> Scope.of(arn("backup", "backup-vault:osmo-" + name), arn("backup", "backup-plan:*"));
            case "DescribeRegionSettings", "ListBackupPlans", "ListBackupVaults" -> Scope.of(ANY);
            default -> verb.contains("BackupVault") ? vault : plan;
        };
    }

    /**
     * EKS authorizes the creation of objects in a cluster on the cluster. EKS creates the access entry of the cluster's creator without
     * tags; only the backend's own entries are deleted.
     */
    private Scope eks(String verb) {
        Scope cluster = Scope.of(arn("eks", "cluster/" + name));
        Scope all = Scope.of(
                arn("eks", "access-entry/" + name + "/*"),
                arn("eks", "addon/" + name + "/*"),
                arn("eks", "cluster/" + name),
                arn("eks", "nodegroup/" + name + "/*"),
                arn("eks", "podidentityassociation/" + name + "/*"));
        return switch (verb) {
            case "DescribeAddonVersions", "DescribeClusterVersions" -> Scope.of(ANY);
            case "CreateCluster" -> marked(cluster);
            case "TagResource" -> marked(all);
            case "AssociateAccessPolicy" -> all;
            default -> lists(verb) ? all : verb.startsWith("Create") ? ours(cluster) : ours(all);
        };
    }

    /** The tags by which load balancers of a cluster are found, one for each controller that makes them. */
    private List<Scope> loadBalancers(String verb) {
        if (lists(verb)) {
            return List.of(Scope.of(ANY));
        }
        Scope all =
                Scope.of(arn("elasticloadbalancing", "loadbalancer/*"), arn("elasticloadbalancing", "targetgroup/*"));
        return List.of(
                all.when(EQUALS, TAG + "kubernetes.io/cluster/" + name, "owned"),
                all.when(EQUALS, TAG + "elbv2.k8s.aws/cluster", name),
                all.when(EQUALS, TAG + "eks:eks-cluster-name", name));
    }

    /** IAM takes a role that does not exist for one without a path, so what finds roles allows that too. */
    private Scope iam(String verb) {
        String prefix = "arn:" + partition + ":iam::" + account + ":";
        String own = prefix + "role/osmo-backend/" + region + "/" + name + "/*";
        return switch (verb) {
            case "CreateRole", "TagRole" -> marked(Scope.of(own));
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
            default -> lists(verb) ? Scope.of(own, prefix + "role/osmo-*") : ours(Scope.of(own));
        };
    }

    private List<String> admins() {
        return spec.map(BackendSpec::admins).orElse(List.of()).stream()
                .distinct()
                .sorted()
                .toList();
    }

    private List<Scope> kms(String verb) {
        Scope key = Scope.of(
                spec.flatMap(wanted -> wanted.encryption().existingKey()).orElseGet(() -> arn("kms", "key/*")));
        Scope alias = Scope.of(arn("kms", "alias/osmo-backend/" + name));
        if (ON_OUR_KEY.contains(verb)) {
            return List.of(ours(key));
        }
        return switch (verb) {
            // KMS wants each of them for both, and an alias has no tags.
            case "CreateAlias", "UpdateAlias" -> List.of(alias, Scope.of(arn("kms", "key/*")));
            case "DeleteAlias" -> List.of(alias, ours(Scope.of(arn("kms", "key/*"))));
            case "CreateGrant" -> List.of(key.when("Bool", "kms:GrantIsForAWSResource", "true"));
            case "CreateKey" -> List.of(marked(Scope.of(ANY)));
            case "TagResource" -> List.of(marked(key));
            default -> List.of(key);
        };
    }

    private String logGroup() {
        return arn("logs", "log-group:/aws/eks/" + name + "/cluster:*");
    }
}
