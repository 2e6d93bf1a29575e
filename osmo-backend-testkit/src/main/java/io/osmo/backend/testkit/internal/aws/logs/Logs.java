// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.logs;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatchlogs.model.*;

/** CloudWatch log groups, which EKS creates and leaves behind. */
public final class Logs extends AwsService {
    /** Log groups with the time of their creation. */
    private final Map<String, Instant> groups = new TreeMap<>();

    public Logs(AwsAccount account, String region) {
        super(account, region);
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
    }

    /** Creates a group unless it exists. */
    public void create(String name) {
        groups.putIfAbsent(name, account.now());
    }

    DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest r) {
        List<LogGroup> found = groups.entrySet().stream()
                .filter(g -> r.logGroupNamePrefix() == null || g.getKey().startsWith(r.logGroupNamePrefix()))
                .filter(g -> r.logGroupNamePattern() == null || g.getKey().contains(r.logGroupNamePattern()))
                .map(g -> LogGroup.builder()
                        .logGroupName(g.getKey())
                        .arn(arn("logs", "log-group:" + g.getKey() + ":*"))
                        .logGroupArn(arn("logs", "log-group:" + g.getKey()))
                        .creationTime(g.getValue().toEpochMilli())
                        .storedBytes(0L)
                        .metricFilterCount(0)
                        .build())
                .toList();
        Page<LogGroup> page = Page.of(found, r.limit(), r.nextToken(), Math.min(50, account.pageSize()));
        return DescribeLogGroupsResponse.builder()
                .logGroups(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest r) {
        if (groups.remove(r.logGroupName()) == null) {
            throw AwsErrors.of(
                    ResourceNotFoundException.builder(),
                    "CloudWatchLogs",
                    400,
                    "ResourceNotFoundException",
                    "The specified log group does not exist.");
        }
        return DeleteLogGroupResponse.builder().build();
    }

    @Override
    public List<String> inventory() {
        return groups.keySet().stream().map(name -> "log-group " + name).toList();
    }
}
