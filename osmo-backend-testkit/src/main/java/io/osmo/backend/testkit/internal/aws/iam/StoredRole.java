// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.iam;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.model.Role;

/** A role with its tags and policies. */
public final class StoredRole {
    Role role;
    final Map<String, String> tags = new TreeMap<>();
    final Set<String> attached = new TreeSet<>();
    final Map<String, String> inline = new LinkedHashMap<>();

    StoredRole(Role role) {
        this.role = role;
    }

    /** Whether the trust policy names the service. */
    public boolean trusts(String service) {
        return role.assumeRolePolicyDocument().contains(URLEncoder.encode(service, StandardCharsets.UTF_8));
    }

    /** Whether a managed policy is attached. */
    public boolean has(String policyArn) {
        return attached.contains(policyArn);
    }
}
