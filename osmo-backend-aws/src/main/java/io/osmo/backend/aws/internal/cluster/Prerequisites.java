// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.aws.internal.encryption.ObservedKey;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.ObservedRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;

/** What other parts of a backend bring along for its cluster and pools: roles and the key. */
public final class Prerequisites {
    public static final ResourceId KEY = EncryptionKey.ID;

    private Prerequisites() {}

    /** ARN of one of the backend's roles. */
    public static String roleArn(State state, RoleKind kind) {
        return state.require(IamRole.id(kind), ObservedRole.class).arn();
    }

    public static String keyArn(State state) {
        return state.require(KEY, ObservedKey.class).arn();
    }
}
