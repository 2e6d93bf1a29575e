// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.kms;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.iam.Policies;

/** Policies of key rings and keys. */
final class KeyPolicies {
    private final KmsStore store;
    private final Policies policies;

    KeyPolicies(KmsStore store, Policies policies) {
        this.store = store;
        this.policies = policies;
    }

    Policy getIamPolicy(GetIamPolicyRequest r) {
        requireExists(r.getResource());
        return policies.get(r.getResource());
    }

    Policy setIamPolicy(SetIamPolicyRequest r) {
        requireExists(r.getResource());
        return policies.set(r);
    }

    TestIamPermissionsResponse testIamPermissions(TestIamPermissionsRequest r) {
        requireExists(r.getResource());
        return policies.test(r);
    }

    private void requireExists(String resource) {
        if (!store.keys.containsKey(resource) && !store.rings.containsKey(resource)) {
            throw GcpError.notFound(resource + " not found.");
        }
    }
}
