// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.fault.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;
import software.amazon.awssdk.services.eks.model.CreateClusterRequest;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupVersionRequest;
import software.amazon.awssdk.services.eks.model.UpdatePodIdentityAssociationRequest;

/**
 * The IAM actions that a call needs: that of its own name, that of tagging when it creates something with tags, and those for what it
 * passes on or uses.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_eks.html">Service Authorization Reference:
 *     operations of Amazon EKS</a>
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_backup.html">the same of AWS Backup</a>
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html">the same of Amazon EC2</a>
 * @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html">AWS Backup: keys of vaults</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html">EKS: Pod Identity, required permissions</a>
 */
public final class AwsActions {
    private static final String PASS_ROLE = "iam:PassRole";
    private static final String LINKED_ROLE = "iam:CreateServiceLinkedRole";

    /** The action that a service wants for tags of what a call creates. */
    private static final Map<String, String> TAGGING = Map.of(
            "backup", "backup:TagResource",
            "ec2", "ec2:CreateTags",
            "eks", "eks:TagResource",
            "iam", "iam:TagRole",
            "kms", "kms:TagResource");

    /** Calls that create the service-linked role of a service. */
    private static final Set<String> LINKING = Set.of("eks:CreateCluster", "eks:CreateNodegroup");

    /** Those of these calls after which the account has the role. */
    private final Set<String> linked = new HashSet<>();

    Collection<String> of(Call call) {
        String operation = call.operation();
        List<String> actions = new ArrayList<>(List.of(operation));
        String service = operation.substring(0, operation.indexOf(':'));
        if (operation.startsWith("Create", service.length() + 1) || operation.equals("ec2:AllocateAddress")) {
            if (TAGGING.containsKey(service) && hasTags(call.request())) {
                actions.add(TAGGING.get(service));
            }
        }
        actions.addAll(beside(operation, call.request()));
        return actions;
    }

    private List<String> beside(String operation, Object request) {
        return switch (operation) {
            case "eks:CreateCluster" -> {
                boolean key = ((CreateClusterRequest) request).hasEncryptionConfig();
                List<String> more = new ArrayList<>(List.of(PASS_ROLE));
                more.addAll(key ? List.of("kms:DescribeKey", "kms:CreateGrant") : List.of());
                more.addAll(linkedRole(operation));
                yield more;
            }
            case "eks:AssociateEncryptionConfig" -> List.of("kms:DescribeKey", "kms:CreateGrant");
            case "eks:CreateNodegroup" -> {
                boolean template = ((CreateNodegroupRequest) request).launchTemplate() != null;
                List<String> more = new ArrayList<>(List.of(PASS_ROLE));
                more.addAll(template ? List.of("ec2:RunInstances", "ec2:CreateTags") : List.of());
                more.addAll(linkedRole(operation));
                yield more;
            }
            case "eks:UpdateNodegroupVersion" ->
                ((UpdateNodegroupVersionRequest) request).launchTemplate() == null
                        ? List.of()
                        : List.of("ec2:RunInstances", "ec2:CreateTags");
            case "eks:CreatePodIdentityAssociation" -> List.of(PASS_ROLE, "iam:GetRole");
            case "eks:UpdatePodIdentityAssociation" ->
                ((UpdatePodIdentityAssociationRequest) request).roleArn() == null
                        ? List.of()
                        : List.of(PASS_ROLE, "iam:GetRole");
            case "backup:CreateBackupVault" ->
                List.of(
                        "backup-storage:MountCapsule",
                        "kms:CreateGrant",
                        "kms:DescribeKey",
                        "kms:GenerateDataKey",
                        "kms:Decrypt",
                        "kms:RetireGrant");
            case "backup:CreateBackupSelection" -> List.of(PASS_ROLE);
            case "ec2:CreateVpcEndpoint" ->
                ((CreateVpcEndpointRequest) request).vpcEndpointType() == VpcEndpointType.INTERFACE
                        ? List.of("route53:AssociateVPCWithHostedZone")
                        : List.of();
            default -> List.of();
        };
    }

    /** A call was allowed. */
    void passed(Call call) {
        if (LINKING.contains(call.operation())) {
            linked.add(call.operation());
        }
    }

    /** The first such call in an account makes the linked role too. */
    private List<String> linkedRole(String operation) {
        return linked.contains(operation) ? List.of() : List.of(LINKED_ROLE);
    }

    /** Whether a request has tags, under whatever name its service has for them. */
    private static boolean hasTags(Object request) {
        return request instanceof SdkPojo pojo
                && pojo.sdkFields().stream()
                        .filter(field ->
                                field.memberName().toLowerCase(Locale.ROOT).contains("tag"))
                        .map((SdkField<?> field) -> field.getValueOrDefault(pojo))
                        .anyMatch(value -> value instanceof Collection<?> list && !list.isEmpty()
                                || value instanceof Map<?, ?> map && !map.isEmpty());
    }
}
