// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.permission;

import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * To what actions of Amazon EC2 can be limited.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html">Service Authorization Reference:
 *     Amazon EC2</a>
 */
final class Ec2Scopes {
    private static final String EQUALS = "StringEquals";
    private static final String TAG = "aws:ResourceTag/";

    /** The type of what an action creates. */
    private static final Map<String, String> CREATED = new TreeMap<>(Map.of(
            "AllocateAddress", "elastic-ip",
            "CreateInternetGateway", "internet-gateway",
            "CreateLaunchTemplate", "launch-template",
            "CreateNatGateway", "natgateway",
            "CreatePlacementGroup", "placement-group",
            "CreateRouteTable", "route-table",
            "CreateSecurityGroup", "security-group",
            "CreateSubnet", "subnet",
            "CreateVpc", "vpc",
            "CreateVpcEndpoint", "vpc-endpoint"));

    /** The types of what has to exist before it: the action needs to be allowed on each of them too. */
    private static final Map<String, List<String>> WITHIN = Map.of(
            "CreateNatGateway", List.of("elastic-ip", "subnet"),
            "CreateRouteTable", List.of("vpc"),
            "CreateSecurityGroup", List.of("vpc"),
            "CreateSubnet", List.of("vpc"),
            "CreateVpcEndpoint", List.of("route-table", "security-group", "subnet", "vpc"));

    private final String name;
    private final String arns;
    private final boolean existingNetwork;

    /**
     * @param arns what the ARNs of the region begin with, up to the type of a resource
     * @param existingNetwork whether the VPC and the subnets are existing ones without the backend's tag
     */
    Ec2Scopes(String name, String arns, boolean existingNetwork) {
        this.name = name;
        this.arns = arns;
        this.existingNetwork = existingNetwork;
    }

    List<Scope> of(String verb) {
        if (PolicyScopes.lists(verb)) {
            return List.of(Scope.of("*"));
        }
        if (CREATED.containsKey(verb)) {
            return created(verb);
        }
        Scope region = Scope.of(arns + "*/*");
        return switch (verb) {
            case "CreateTags" -> List.of(region.when(EQUALS, "ec2:CreateAction", creating()), ours(region));
            // The CNI, and EKS itself, leave interfaces without a tag in a VPC.
            case "DeleteNetworkInterface" -> List.of(Scope.of(arns + "network-interface/*"));
            case "DeleteSecurityGroup", "RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress" ->
                List.of(
                        ours(region),
                        region.when(EQUALS, TAG + "kubernetes.io/cluster/" + name, "owned"),
                        region.when(EQUALS, TAG + "aws:eks:cluster-name", name),
                        region.when(EQUALS, TAG + "elbv2.k8s.aws/cluster", name));
            case "DeleteVolume" ->
                List.of(
                        region.when(EQUALS, TAG + "kubernetes.io/cluster/" + name, "owned"),
                        region.when(EQUALS, TAG + "KubernetesCluster", name),
                        region.when(EQUALS, TAG + "ebs.csi.aws.com/cluster-name", name));
            // Images are of no account, or of Amazon's.
            case "RunInstances" ->
                List.of(Scope.of(arns.replaceFirst("[^:]*:$", "*:*/*"))
                        .when("ArnLike", "ec2:LaunchTemplate", arns + "launch-template/*"));
            default -> List.of(ours(region));
        };
    }

    /** The new object, with the backend's tag in the request, inside the backend's objects. */
    private List<Scope> created(String verb) {
        Scope made =
                Scope.of(arns + CREATED.get(verb) + "/*").when(EQUALS, "aws:RequestTag/" + Ownership.BACKEND, name);
        List<String> within = WITHIN.getOrDefault(verb, List.of());
        if (within.isEmpty()) {
            return List.of(made);
        }
        Scope existing =
                Scope.of(within.stream().map(type -> arns + type + "/*").toArray(String[]::new));
        return List.of(made, existingNetwork ? existing : ours(existing));
    }

    private static List<String> creating() {
        return Stream.concat(CREATED.keySet().stream(), Stream.of("RunInstances"))
                .sorted()
                .toList();
    }

    private Scope ours(Scope scope) {
        return scope.when(EQUALS, TAG + Ownership.BACKEND, name);
    }
}
