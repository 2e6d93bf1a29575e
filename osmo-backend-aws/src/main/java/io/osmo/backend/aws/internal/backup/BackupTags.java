// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.internal.AwsContext;
import java.util.Map;

/**
 * Tags of vaults and plans.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListTags.html">AWS Backup: ListTags</a>
 */
final class BackupTags {
    static final String READ = "backup:ListTags";
    static final String WRITE = "backup:TagResource";

    private BackupTags() {}

    /** Empty if the object no longer exists. */
    static Map<String, String> of(AwsContext context, String arn) {
        return context.find(
                        READ,
                        () -> context.backup().listTags(r -> r.resourceArn(arn)).tags())
                .orElseGet(Map::of);
    }

    static void add(AwsContext context, String arn, Map<String, String> tags) {
        context.call(
                WRITE,
                () -> context.backup().tagResource(r -> r.resourceArn(arn).tags(tags)));
    }
}
