// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The log group of the control plane, which EKS makes when logs are on and never deletes. */
final class LogGroup extends Sweep {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(Sweep.KIND).destroy("logs:DescribeLogGroups", "logs:DeleteLogGroup");

    LogGroup(AwsContext context, Set<ResourceId> after) {
        super(context, LOG_GROUP, after, true);
    }

    @Override
    List<String> find(Optional<String> vpc) {
        String name = "/aws/eks/" + context.name() + "/cluster";
        return context.call(
                "logs:DescribeLogGroups",
                () ->
                        context
                                .clients()
                                .logs()
                                .describeLogGroupsPaginator(r -> r.logGroupNamePrefix(name))
                                .logGroups()
                                .stream()
                                .map(group -> group.logGroupName())
                                .filter(name::equals)
                                .toList());
    }

    @Override
    void delete(String group) {
        context.delete(
                "logs:DeleteLogGroup", () -> context.clients().logs().deleteLogGroup(r -> r.logGroupName(group)));
    }
}
