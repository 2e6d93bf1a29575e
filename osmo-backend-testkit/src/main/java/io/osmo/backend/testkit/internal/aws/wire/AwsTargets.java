// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.fault.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * On what a call needs its actions, for EKS, IAM, the vaults of AWS Backup, and aliases of KMS: the resource part of an ARN, and values of
 * condition keys. Of other services nothing is known, so any resource will do.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html">EKS: resource
 *     types of its actions</a>
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html">of IAM</a>
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html">of AWS Backup</a>
 */
final class AwsTargets {
    private static final String ANY_ID = "/00000000-0000-0000-0000-000000000000";

    private final UnaryOperator<String> role;

    /** @param role path and name of a role by its name, which alone is what IAM looks at where there is no such role */
    AwsTargets(UnaryOperator<String> role) {
        this.role = role;
    }

    /**
     * What an action is needed on.
     *
     * @param resource the last part of its ARN
     * @param context values of condition keys that are known
     */
    record Target(String resource, Map<String, String> context) {
        static Target of(String resource) {
            return new Target(resource, Map.of());
        }
    }

    List<Target> of(Call call, String action) {
        Object request = call.request();
        String verb = action.substring(action.indexOf(':') + 1);
        return switch (action.substring(0, action.indexOf(':'))) {
            case "eks" -> List.of(Target.of(eks(verb, request)));
            case "iam" -> iam(call.operation(), verb, request);
            case "backup" ->
                text(request, "backupVaultName").map(vault -> Target.of("backup-vault:" + vault)).stream()
                        .toList();
            case "kms" ->
                text(request, "AliasName").filter(alias -> verb.endsWith("Alias")).map(Target::of).stream()
                        .toList();
            default -> List.of();
        };
    }

    private static String eks(String verb, Object request) {
        Optional<String> arn = text(request, "resourceArn");
        if (arn.isPresent()) {
            return arn.get().replaceFirst("^(?:[^:]*:){5}", "");
        }
        String cluster =
                text(request, "clusterName").or(() -> text(request, "name")).orElse("");
        if (cluster.isEmpty()) {
            // Listing clusters, versions and versions of add-ons is of no resource.
            return "*";
        }
        boolean ofCluster = verb.startsWith("Create") || verb.startsWith("List");
        Optional<String> part = text(request, "nodegroupName")
                .map(name -> "nodegroup/" + cluster + "/" + name + ANY_ID)
                .or(() -> text(request, "addonName").map(name -> "addon/" + cluster + "/" + name + ANY_ID))
                .or(() -> text(request, "associationId").map(id -> "podidentityassociation/" + cluster + "/" + id))
                .or(() -> text(request, "principalArn")
                        .map(name -> "access-entry/" + cluster + "/role/123456789012/name" + ANY_ID));
        return ofCluster || part.isEmpty() ? "cluster/" + cluster : part.get();
    }

    private List<Target> iam(String operation, String verb, Object request) {
        return switch (verb) {
            case "PassRole" ->
                text(request, "roleArn")
                        .or(() -> text(request, "nodeRole"))
                        .map(arn -> arn.replaceFirst("^(?:[^:]*:){5}", ""))
                        .map(passed -> new Target(passed, passedTo(operation)))
                        .stream()
                        .toList();
            case "CreateServiceLinkedRole" -> {
                String service =
                        operation.equals("eks:CreateCluster") ? "eks.amazonaws.com" : "eks-nodegroup.amazonaws.com";
                yield List.of(new Target(
                        "role/aws-service-role/" + service + "/AWSServiceRole", Map.of("iam:AWSServiceName", service)));
            }
            case "CreateRole" ->
                List.of(Target.of("role" + text(request, "Path").orElse("/")
                        + text(request, "RoleName").orElse("")));
            default ->
                text(request, "RoleName").map(name -> Target.of("role" + role.apply(name))).stream()
                        .toList();
        };
    }

    private static Map<String, String> passedTo(String operation) {
        return switch (operation) {
            case "eks:CreateCluster" -> Map.of("iam:PassedToService", "eks.amazonaws.com");
            case "eks:CreatePodIdentityAssociation", "eks:UpdatePodIdentityAssociation" ->
                Map.of("iam:PassedToService", "pods.eks.amazonaws.com");
            default -> Map.of();
        };
    }

    private static Optional<String> text(Object request, String member) {
        return request instanceof SdkPojo pojo
                ? pojo.sdkFields().stream()
                        .filter(field -> field.memberName().equalsIgnoreCase(member))
                        .map((SdkField<?> field) -> field.getValueOrDefault(pojo))
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .findFirst()
                : Optional.empty();
    }
}
