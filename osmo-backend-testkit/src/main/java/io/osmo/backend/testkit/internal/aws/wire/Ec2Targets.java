// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.aws.ec2.ResourceTags;
import io.osmo.backend.testkit.internal.aws.wire.AwsTargets.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * On what calls of EC2 need their actions: on what they create, with the tags of the request, and on all that they name, with its tags.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html">Amazon EC2: resource types of its
 *     actions</a>
 */
final class Ec2Targets {
    private static final Pattern ID =
            Pattern.compile("(?:eipalloc|eni|igw|lt|nat|rtb|rtbassoc|sg|subnet|vol|vpc|vpce)-[0-9a-f]+");

    private static final Map<String, String> CREATED = Map.of(
            "AllocateAddress", "elastic-ip",
            "CreateInternetGateway", "internet-gateway",
            "CreateLaunchTemplate", "launch-template",
            "CreateNatGateway", "natgateway",
            "CreatePlacementGroup", "placement-group",
            "CreateRouteTable", "route-table",
            "CreateSecurityGroup", "security-group",
            "CreateSubnet", "subnet",
            "CreateVpc", "vpc",
            "CreateVpcEndpoint", "vpc-endpoint");

    private Ec2Targets() {}

    static List<Target> of(Call call, String verb, Existing existing) {
        String operation = call.operation().substring(call.operation().indexOf(':') + 1);
        if (verb.equals("RunInstances")) {
            return List.of();
        }
        if (verb.equals("CreateTags") && !operation.equals(verb)) {
            // Tags of what is created: of instances if a node group starts them.
            boolean direct = CREATED.containsKey(operation);
            String action = direct ? operation : "RunInstances";
            return List.of(
                    new Target(CREATED.getOrDefault(operation, "instance") + "/new", Map.of("ec2:CreateAction", action))
                            .requested(direct ? RequestValues.tags(call.request()) : Map.of()));
        }
        Stream<Target> made = Optional.ofNullable(CREATED.get(verb)).stream()
                .map(type -> Target.of(type + "/new").requested(RequestValues.tags(call.request())));
        return Stream.concat(made, named(call, verb, existing)).toList();
    }

    private static Stream<Target> named(Call call, String verb, Existing existing) {
        if (verb.equals("DeletePlacementGroup")) {
            return RequestValues.text(call.request(), "groupName").stream()
                    .flatMap(name -> existing(existing, "placement-group", name));
        }
        return RequestValues.texts(call.request())
                .filter(text -> ID.matcher(text).matches())
                .flatMap(id ->
                        existing(existing, id.startsWith("rtbassoc-") ? "route-table" : ResourceTags.type(id), id));
    }

    private static Stream<Target> existing(Existing existing, String type, String name) {
        return existing.tags("ec2", name).stream()
                .map(tags -> Target.of(type + "/" + name).tagged(tags));
    }
}
