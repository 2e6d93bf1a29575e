// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.internal.azure.AzureTest;
import org.junit.jupiter.api.Test;

class AuthorizationTest extends AzureTest {
    @Test
    void a_lock_prevents_deletion_of_what_is_under_it() {
        network();
        String lock = GROUP + "/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01";
        assertThat(rest.put(lock, "{`properties`:{`level`:`CanNotDelete`}}").status())
                .isEqualTo(201);

        refused(409, "ScopeLocked", rest.delete(NAT));
        refused(409, "ScopeLocked", rest.delete(GROUP));
        rest.delete(lock);
        assertThat(rest.delete(GROUP).status()).isEqualTo(202);
    }

    @Test
    void principals_and_roles_take_effect_after_a_while() {
        network();
        rest.put(IDENTITY, "{`location`:`eastus2`}");
        String at = GROUP + ASSIGNMENT;

        refused(400, "PrincipalNotFound", rest.put(at, assignment(CRYPTO_USER, principal(), "")));
        refused(
                400,
                "PrincipalNotFound",
                rest.put(at, assignment(CRYPTO_USER, TENANT, ",`principalType`:`ServicePrincipal`")));
        String typed = assignment(CRYPTO_USER, principal(), ",`principalType`:`ServicePrincipal`");
        assertThat(rest.put(at, typed).status()).isEqualTo(201);
        assertThat(rest.put(at, typed).status()).isEqualTo(200);
        refused(409, "RoleAssignmentExists", rest.put(at.replace("aaaaaaaa", "aaaaaaab"), typed));
        refused(
                400,
                "RoleDefinitionDoesNotExist",
                rest.put(at, assignment(CRYPTO_USER.replace("12338", "12339"), principal(), "")));
        assertThat(rest.get(GROUP + "/providers/Microsoft.Authorization/roleAssignments?$filter=principalId eq '"
                                + principal() + "'")
                        .body()
                        .path("value")
                        .size())
                .isEqualTo(1);
    }
}
