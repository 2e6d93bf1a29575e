// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.fault.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * On what a call needs its actions: the resource part of an ARN, and values of condition keys, tags among them. What a call names and does
 * not exist needs nothing, as the service answers that it does not exist. Where nothing is known of an action, any resource will do.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html">Amazon EC2: resource types of its
 *     actions</a>
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html">of EKS</a>
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html">of IAM</a>
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html">of KMS</a>
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html">of AWS Backup</a>
 */
final class AwsTargets {
    private static final String ANY_ID = "/00000000-0000-0000-0000-000000000000";
    private static final Pattern READS = Pattern.compile("(?:Describe|List|Get|Simulate).*");

    private final Existing existing;

    AwsTargets(Existing existing) {
        this.existing = existing;
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

        /** Something that exists, with its tags. */
        Target tagged(Map<String, String> tags) {
            return with("aws:ResourceTag/", tags);
        }

        /** Something with tags in the request. */
        Target requested(Map<String, String> tags) {
            return with("aws:RequestTag/", tags);
        }

        private Target with(String prefix, Map<String, String> tags) {
            Map<String, String> all = new TreeMap<>(context);
            tags.forEach((key, value) -> all.put(prefix + key, value));
            return new Target(resource, all);
        }
    }

    List<Target> of(Call call, String action) {
        Object request = call.request();
        String verb = action.substring(action.indexOf(':') + 1);
        return switch (action.substring(0, action.indexOf(':'))) {
            case "ec2" -> READS.matcher(verb).matches() ? List.of() : Ec2Targets.of(call, verb, existing);
            case "eks" -> eks(call.operation(), verb, request);
            case "iam" -> iam(call.operation(), verb, request);
            case "backup" -> backup(call.operation(), verb, request);
            case "elasticloadbalancing" ->
                READS.matcher(verb).matches()
                        ? List.of()
                        : Stream.of("LoadBalancerArn", "TargetGroupArn")
                                .flatMap(member -> RequestValues.text(request, member).stream())
                                .flatMap(arn -> existing("elasticloadbalancing", arn, resource(arn)).stream())
                                .toList();
            case "kms" -> kms(verb, request);
            default -> List.of();
        };
    }

    private static String resource(String arn) {
        return arn.replaceFirst("^(?:[^:]*:){5}", "");
    }

    private Optional<Target> existing(String service, String name, String resource) {
        return existing.tags(service, name).map(tags -> Target.of(resource).tagged(tags));
    }

    private List<Target> eks(String operation, String verb, Object request) {
        Map<String, String> requested = RequestValues.tags(request);
        Optional<String> arn = RequestValues.text(request, "resourceArn");
        if (arn.isPresent()) {
            return List.of(Target.of(resource(arn.get())).requested(requested));
        }
        String cluster = RequestValues.text(request, "clusterName")
                .or(() -> RequestValues.text(request, "name"))
                .orElse("");
        if (cluster.isEmpty()) {
            // Listing clusters, versions and versions of add-ons is of no resource.
            return List.of(Target.of("*"));
        }
        Target whole = Target.of("cluster/" + cluster)
                .tagged(existing.tags("eks", "cluster/" + cluster).orElse(Map.of()));
        if (operation.contains(":Create")) {
            return List.of(whole.requested(requested));
        }
        Optional<Map.Entry<String, String>> part = part(cluster, request);
        if (READS.matcher(verb).matches()) {
            return List.of(
                    verb.startsWith("List") || part.isEmpty()
                            ? whole
                            : Target.of(part.get().getValue()));
        }
        return part
                .map(named -> existing("eks", named.getKey(), named.getValue()))
                .orElseGet(() -> existing("eks", "cluster/" + cluster, "cluster/" + cluster))
                .stream()
                .toList();
    }

    /** Of what is named in a cluster: kind and names, and the resource part of its ARN. */
    private static Optional<Map.Entry<String, String>> part(String cluster, Object request) {
        return Stream.of("nodegroup", "addon")
                .flatMap(kind -> RequestValues.text(request, kind + "Name").stream()
                        .map(name -> kind + "/" + cluster + "/" + name)
                        .map(name -> Map.entry(name, name + ANY_ID)))
                .findFirst()
                .or(() -> RequestValues.text(request, "associationId")
                        .map(id -> "podidentityassociation/" + cluster + "/" + id)
                        .map(name -> Map.entry(name, name)))
                .or(() -> RequestValues.text(request, "principalArn")
                        .map(principal -> Map.entry(
                                "access-entry/" + cluster + "/" + principal,
                                "access-entry/" + cluster + "/role/123456789012/name" + ANY_ID)));
    }

    private List<Target> backup(String operation, String verb, Object request) {
        Optional<String> named = RequestValues.text(request, "backupVaultName")
                .map(vault -> "backup-vault:" + vault)
                .or(() -> RequestValues.text(request, "backupPlanId").map(plan -> "backup-plan:" + plan))
                .or(() -> RequestValues.text(request, "resourceArn").map(AwsTargets::resource));
        boolean creates = operation.equals("backup:CreateBackupVault") || operation.equals("backup:CreateBackupPlan");
        if (creates || verb.equals("TagResource")) {
            return List.of(Target.of(named.orElse("backup-plan:new")).requested(RequestValues.tags(request)));
        }
        return READS.matcher(verb).matches()
                ? named.map(Target::of).stream().toList()
                : named.flatMap(name -> existing("backup", name, name)).stream().toList();
    }

    private List<Target> kms(String verb, Object request) {
        if (READS.matcher(verb).matches()) {
            return List.of();
        }
        Optional<String> alias = RequestValues.text(request, "AliasName");
        Optional<String> key =
                RequestValues.text(request, "KeyId").or(() -> RequestValues.text(request, "TargetKeyId"));
        return switch (verb) {
            case "CreateAlias", "DeleteAlias", "UpdateAlias" ->
                Stream.concat(alias.map(Target::of).stream(), key.or(() -> alias).flatMap(this::key).stream())
                        .toList();
            case "CreateKey" -> List.of(Target.of("key/new").requested(RequestValues.tags(request)));
            case "TagResource" ->
                List.of(Target.of(key.map(id -> "key/" + id).orElse("key/new")).requested(RequestValues.tags(request)));
            case "CancelKeyDeletion", "EnableKey", "EnableKeyRotation", "PutKeyPolicy", "ScheduleKeyDeletion" ->
                key.flatMap(this::key).stream().toList();
            default -> List.of();
        };
    }

    private Optional<Target> key(String name) {
        return existing("kms", name, "key/" + name.substring(name.lastIndexOf('/') + 1));
    }

    private List<Target> iam(String operation, String verb, Object request) {
        Optional<String> role = RequestValues.text(request, "RoleName");
        return switch (verb) {
            case "PassRole" ->
                RequestValues.text(request, "roleArn")
                        .or(() -> RequestValues.text(request, "nodeRole"))
                        .map(arn -> new Target(resource(arn), passedTo(operation)))
                        .stream()
                        .toList();
            case "CreateServiceLinkedRole" -> {
                String service =
                        operation.equals("eks:CreateCluster") ? "eks.amazonaws.com" : "eks-nodegroup.amazonaws.com";
                yield List.of(new Target(
                        "role/aws-service-role/" + service + "/AWSServiceRole", Map.of("iam:AWSServiceName", service)));
            }
            case "CreateRole" -> List.of(newRole(request));
            case "TagRole" ->
                List.of(
                        operation.equals("iam:CreateRole")
                                ? newRole(request)
                                : Target.of("role" + existing.role(role.orElse("")))
                                        .requested(RequestValues.tags(request)));
            default ->
                role
                        .map(name -> Target.of("role" + existing.role(name))
                                .tagged(existing.tags("iam", name).orElse(Map.of())))
                        .stream()
                        .toList();
        };
    }

    private static Target newRole(Object request) {
        return Target.of("role" + RequestValues.text(request, "Path").orElse("/")
                        + RequestValues.text(request, "RoleName").orElse(""))
                .requested(RequestValues.tags(request));
    }

    private static Map<String, String> passedTo(String operation) {
        return switch (operation) {
            case "eks:CreateCluster" -> Map.of("iam:PassedToService", "eks.amazonaws.com");
            case "eks:CreatePodIdentityAssociation", "eks:UpdatePodIdentityAssociation" ->
                Map.of("iam:PassedToService", "pods.eks.amazonaws.com");
            default -> Map.of();
        };
    }
}
