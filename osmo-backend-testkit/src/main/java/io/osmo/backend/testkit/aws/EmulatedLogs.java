// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.model.*;

/** CloudWatch log groups: those that EKS makes and leaves behind. */
final class EmulatedLogs {
    private final AwsRegion region;

    EmulatedLogs(AwsRegion region) {
        this.region = region;
    }

    DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest r) {
        List<LogGroup> found = region.logGroups.entrySet().stream()
                .filter(g -> r.logGroupNamePrefix() == null || g.getKey().startsWith(r.logGroupNamePrefix()))
                .filter(g -> r.logGroupNamePattern() == null || g.getKey().contains(r.logGroupNamePattern()))
                .map(g -> LogGroup.builder()
                        .logGroupName(g.getKey())
                        .arn(region.arn("logs", "log-group:" + g.getKey() + ":*"))
                        .logGroupArn(region.arn("logs", "log-group:" + g.getKey()))
                        .creationTime(g.getValue().toEpochMilli())
                        .storedBytes(0L)
                        .metricFilterCount(0)
                        .build())
                .toList();
        Page<LogGroup> page = Page.of(found, r.limit(), r.nextToken(), Math.min(50, region.account.pageSize()));
        return DescribeLogGroupsResponse.builder()
                .logGroups(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest r) {
        if (region.logGroups.remove(r.logGroupName()) == null) {
            throw AwsErrors.of(
                    ResourceNotFoundException.builder(),
                    "CloudWatchLogs",
                    400,
                    "ResourceNotFoundException",
                    "The specified log group does not exist.");
        }
        return DeleteLogGroupResponse.builder().build();
    }
}
