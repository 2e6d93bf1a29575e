// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.resource.ResourceId;
import java.util.Optional;
import java.util.Set;

/** The log group of the control plane, which EKS makes when logs are on and never deletes. */
final class LogGroup extends Sweep {
    LogGroup(AwsContext aws, Set<ResourceId> after) {
        super(aws, LOG_GROUP, after, "log group", true);
    }

    @Override
    Found find(Optional<String> vpc) {
        String name = "/aws/eks/" + aws.name() + "/cluster";
        return new Found(aws.call(
                "logs:DescribeLogGroups",
                () ->
                        aws
                                .clients()
                                .logs()
                                .describeLogGroupsPaginator(r -> r.logGroupNamePrefix(name))
                                .logGroups()
                                .stream()
                                .map(group -> group.logGroupName())
                                .filter(name::equals)
                                .toList()));
    }

    @Override
    void delete(String group) {
        aws.delete("logs:DeleteLogGroup", () -> aws.clients().logs().deleteLogGroup(r -> r.logGroupName(group)));
    }
}
