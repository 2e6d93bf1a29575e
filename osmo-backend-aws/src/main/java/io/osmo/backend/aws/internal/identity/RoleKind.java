// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import static io.osmo.backend.aws.internal.Json.allow;

import io.osmo.backend.aws.internal.Json;
import io.osmo.backend.aws.internal.Partition;
import io.osmo.backend.aws.internal.encryption.KeyUse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The roles of a backend.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/security-iam.html">EKS: identity and access management</a>
 */
public enum RoleKind {
    CLUSTER("eks", List.of("AmazonEKSClusterPolicy")),
    NODE(
            "ec2",
            List.of(
                    "AmazonEKSWorkerNodePolicy",
                    "AmazonEC2ContainerRegistryPullOnly",
                    "AmazonEKS_CNI_Policy",
                    "AmazonSSMManagedInstanceCore")),
    EBS_CSI("pods.eks", List.of("service-role/AmazonEBSCSIDriverPolicy")),
    CLUSTER_AUTOSCALER("pods.eks", List.of()),
    BACKUP(
            "backup",
            List.of(
                    "service-role/AWSBackupServiceRolePolicyForBackup",
                    "service-role/AWSBackupServiceRolePolicyForRestores"));

    private static final String ANYTHING = "*";

    private final String service;
    private final List<String> managed;

    RoleKind(String service, List<String> managed) {
        this.service = service;
        this.managed = managed;
    }

    /** As in resource ids: {@code ebs-csi}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static RoleKind of(String id) {
        return valueOf(id.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    List<String> managedPolicies() {
        return managed;
    }

    /** Pod Identity tags the sessions that it opens. */
    String trustPolicy(String region) {
        List<String> actions =
                service.equals("pods.eks") ? List.of("sts:AssumeRole", "sts:TagSession") : List.of("sts:AssumeRole");
        return Json.policy(allow(Map.of("Service", Partition.servicePrincipal(service, region)), actions));
    }

    /** Name of the role's own policy. */
    String inlineName() {
        return id();
    }

    /**
     * The role's own policy.
     *
     * @param key ARN of the backend's key
     */
    Optional<String> inlinePolicy(String cluster, String key) {
        return switch (this) {
            case CLUSTER ->
                Optional.of(Json.policy(
                        allow(List.of("kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"), key)));
            case EBS_CSI ->
                Optional.of(Json.policy(
                        allow(KeyUse.ACTIONS, key),
                        Json.with(
                                allow(KeyUse.GRANTS, key),
                                "Condition",
                                Map.of("Bool", Map.of("kms:GrantIsForAWSResource", "true")))));
            case CLUSTER_AUTOSCALER -> Optional.of(autoscaler(cluster));
            case NODE, BACKUP -> Optional.empty();
        };
    }

    /** Whether the role has a policy of its own. */
    boolean hasInline() {
        return usesKey() || this == CLUSTER_AUTOSCALER;
    }

    /** Whether the role's own policy names the backend's key. */
    boolean usesKey() {
        return this == CLUSTER || this == EBS_CSI;
    }

    /**
     * May read all groups, and resize those of this cluster.
     *
     * @see <a href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md">
     *     Cluster Autoscaler on AWS</a>
     */
    private static String autoscaler(String cluster) {
        return Json.policy(
                allow(
                        List.of(
                                "autoscaling:DescribeAutoScalingGroups",
                                "autoscaling:DescribeAutoScalingInstances",
                                "autoscaling:DescribeLaunchConfigurations",
                                "autoscaling:DescribeScalingActivities",
                                "autoscaling:DescribeTags",
                                "ec2:DescribeImages",
                                "ec2:DescribeInstanceTypes",
                                "ec2:DescribeLaunchTemplateVersions",
                                "ec2:GetInstanceTypesFromInstanceRequirements",
                                "eks:DescribeNodegroup"),
                        ANYTHING),
                Json.with(
                        allow(
                                List.of(
                                        "autoscaling:SetDesiredCapacity",
                                        "autoscaling:TerminateInstanceInAutoScalingGroup"),
                                ANYTHING),
                        "Condition",
                        Map.of("StringEquals", Map.of("aws:ResourceTag/eks:cluster-name", cluster))));
    }
}
