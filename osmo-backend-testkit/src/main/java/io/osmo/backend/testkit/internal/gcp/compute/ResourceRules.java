// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.protobuf.Message;
import java.time.Duration;

/** What only one kind of resource has: checks, defaults and durations. */
interface ResourceRules {
    /** Checks a resource that is to be created, and fills in its defaults. */
    Message prepare(String path, Message wanted, ComputeResources all);

    /** Checks a resource that is to be changed, and fills in its defaults. */
    default Message change(String path, Message old, Message changed, ComputeResources all) {
        return prepare(path, changed, all);
    }

    Duration createTime();

    Duration deleteTime();
}
