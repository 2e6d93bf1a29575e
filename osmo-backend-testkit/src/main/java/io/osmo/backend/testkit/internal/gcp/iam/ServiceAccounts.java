// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.iam;

import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.DeleteServiceAccountRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.ListServiceAccountsResponse;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.protobuf.Empty;
import com.google.protobuf.util.FieldMaskUtil;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Service accounts. Other services know a new one only after a while. */
public final class ServiceAccounts {
    private static final Pattern ID = Pattern.compile("[a-z][-a-z0-9]{4,28}[a-z0-9]");
    private static final int MAX_TEXT = 100;
    private static final int MAX_PAGE = 100;
    /** From the creation of an account to when other services know it. */
    private static final Duration PROPAGATION = Duration.ofSeconds(5);

    private final GcpProject project;
    private final Policies policies;
    private final TreeMap<String, ServiceAccount> accounts = new TreeMap<>();
    private final Map<String, Instant> known = new HashMap<>();

    ServiceAccounts(GcpProject project, Policies policies) {
        this.project = project;
        this.policies = policies;
        policies.accounts(email -> find(email).isPresent());
    }

    /** An account that the other services know by now; {@code default} is Compute's. */
    public Optional<ServiceAccount> find(String email) {
        if (email.equals("default") || email.equals(project.number() + "-compute@developer.gserviceaccount.com")) {
            return Optional.of(ServiceAccount.newBuilder().setEmail(email).build());
        }
        return Optional.ofNullable(accounts.get(email))
                .filter(a -> !project.now().isBefore(known.getOrDefault(email, Instant.MIN)));
    }

    /** A service account that others have created. */
    public void plant(String accountId) {
        createServiceAccount(CreateServiceAccountRequest.newBuilder()
                .setName(project.path())
                .setAccountId(accountId)
                .build());
    }

    ServiceAccount createServiceAccount(CreateServiceAccountRequest r) {
        requireOwn(r.getName());
        if (!ID.matcher(r.getAccountId()).matches()) {
            throw GcpError.invalid(
                    "The account ID \"" + r.getAccountId() + "\" does not have a length between 6 and 30, or"
                            + " holds other characters than lowercase letters, digits and dashes.");
        }
        String email = r.getAccountId() + "@" + project.id() + ".iam.gserviceaccount.com";
        if (accounts.containsKey(email)) {
            throw GcpError.alreadyExists("Service account " + r.getAccountId()
                    + " already exists within project projects/" + project.id() + ".");
        }
        if (r.getServiceAccount().getDisplayName().length() > MAX_TEXT) {
            throw GcpError.invalid("The display name has more than 100 bytes.");
        }
        ServiceAccount account = r.getServiceAccount().toBuilder()
                .setName(project.path("serviceAccounts/" + email))
                .setProjectId(project.id())
                .setUniqueId(String.valueOf(project.newNumber()))
                .setEmail(email)
                .setOauth2ClientId(String.valueOf(project.newNumber()))
                .build();
        accounts.put(email, account);
        known.put(email, project.now().plus(PROPAGATION));
        return account;
    }

    ServiceAccount getServiceAccount(GetServiceAccountRequest r) {
        return account(r.getName());
    }

    ListServiceAccountsResponse listServiceAccounts(ListServiceAccountsRequest r) {
        requireOwn(r.getName());
        int size = r.getPageSize() == 0 ? MAX_PAGE : Math.min(r.getPageSize(), MAX_PAGE);
        Page<ServiceAccount> page = project.page(List.copyOf(accounts.values()), size, r.getPageToken());
        return ListServiceAccountsResponse.newBuilder()
                .addAllAccounts(page.items())
                .setNextPageToken(GcpProject.next(page))
                .build();
    }

    ServiceAccount patchServiceAccount(PatchServiceAccountRequest r) {
        ServiceAccount old = account(r.getServiceAccount().getName());
        if (r.getUpdateMask().getPathsCount() == 0) {
            throw GcpError.invalid("The update mask is required.");
        }
        ServiceAccount.Builder changed = old.toBuilder();
        FieldMaskUtil.merge(
                r.getUpdateMask(),
                r.getServiceAccount(),
                changed,
                new FieldMaskUtil.MergeOptions().setReplacePrimitiveFields(true));
        accounts.put(old.getEmail(), changed.build());
        return changed.build();
    }

    Empty deleteServiceAccount(DeleteServiceAccountRequest r) {
        ServiceAccount account = account(r.getName());
        accounts.remove(account.getEmail());
        policies.rename(
                "serviceAccount:" + account.getEmail(),
                "deleted:serviceAccount:" + account.getEmail() + "?uid=" + account.getUniqueId());
        return Empty.getDefaultInstance();
    }

    Policy getIamPolicy(GetIamPolicyRequest r) {
        account(r.getResource());
        return policies.get(r.getResource());
    }

    Policy setIamPolicy(SetIamPolicyRequest r) {
        account(r.getResource());
        return policies.set(r);
    }

    TestIamPermissionsResponse testIamPermissions(TestIamPermissionsRequest r) {
        account(r.getResource());
        return policies.test(r);
    }

    List<String> inventory() {
        return accounts.values().stream()
                .map(account -> "service-account " + account.getEmail() + " " + account.getDescription())
                .toList();
    }

    private ServiceAccount account(String name) {
        String email = ResourceNames.last(name);
        boolean own = name.startsWith(project.path("")) || name.startsWith("projects/-/");
        ServiceAccount account = own ? accounts.get(email) : null;
        if (account == null) {
            throw GcpError.notFound("Unknown service account");
        }
        return account;
    }

    private void requireOwn(String name) {
        if (!name.equals(project.path())) {
            throw GcpError.denied(
                    "Permission 'iam.serviceAccounts' denied on resource '" + name + "' (or it may not exist).");
        }
    }
}
