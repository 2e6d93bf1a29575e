// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.testkit.internal.Table;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.*;

/** IAM: one for all regions. */
public final class Iam extends AwsService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ARN = Pattern.compile("arn:([a-z-]+):[^\"]*");
    private static final Pattern EC2 = Pattern.compile("\"(ec2\\.amazonaws[a-z.]*)\"");
    /** How long services cannot assume a new role. */
    private static final Duration PROPAGATION = Duration.ofSeconds(8);

    final Table<StoredRole> roles = new Table<>(name -> refuse(
            NoSuchEntityException.builder(), 404, "NoSuchEntity", "The role with name " + name + " cannot be found."));

    /** Roles and users that people have made, such as {@code role/Admin}. */
    private final Set<String> principals = new TreeSet<>();

    private final Simulations simulations;

    /**
     * @param principals roles and users that exist in addition to those that calls create, such as {@code role/Admin}
     * @param allowed whether the caller may do an action
     */
    public Iam(AwsAccount account, Set<String> principals, Predicate<String> allowed) {
        super(account, "aws-global");
        this.simulations = new Simulations(this, allowed);
        this.principals.addAll(principals);
        // The role of the caller may have a path, which the ARN of its session does not show.
        if (planted("role", AwsAccount.ROLE.replace("role/", "")).isEmpty()) {
            this.principals.add(AwsAccount.ROLE);
        }
    }

    /** A service control policy of the organization denies an action. */
    public void denyByOrganization(String action) {
        simulations.denyByOrganization(action);
    }

    /** Path and name of a role; one that does not exist has no path. */
    public String rolePath(String name) {
        return roles.find(name).map(stored -> stored.role.path() + name).orElse("/" + name);
    }

    /** Tags of a role; empty if there is none. */
    public Optional<Map<String, String>> tagsOf(String role) {
        return roles.find(role).map(stored -> Map.copyOf(stored.tags));
    }

    /** The permissions boundary of the caller leaves an action out. */
    public void denyByBoundary(String action) {
        simulations.denyByBoundary(action);
    }

    /** A policy of the caller has a statement that denies an action. */
    public void denyByStatement(String action) {
        simulations.denyByStatement(action);
    }

    /** The path and name of a planted principal, such as {@code role/path/Admin}. */
    Optional<String> planted(String kind, String name) {
        return principals.stream()
                .filter(each -> each.startsWith(kind + "/") && each.endsWith("/" + name))
                .findFirst();
    }

    /** Whether a role or user of the account with this ARN exists. */
    public boolean exists(String arn) {
        return roles.any(stored -> stored.role.arn().equals(arn))
                || principals.stream().anyMatch(each -> arn(each).equals(arn));
    }

    String arn(String principal) {
        return account.arn("iam", "", principal);
    }

    @Override
    public List<Object> operations() {
        return List.of(new Roles(this), new RolePolicies(this), new Users(this), simulations);
    }

    /** The role with this ARN, if services see it: a few seconds after its creation. */
    public Optional<StoredRole> assumable(String arn) {
        return roles.where(r -> r.role.arn().equals(arn))
                .filter(r -> !account.now().isBefore(r.role.createDate().plus(PROPAGATION)))
                .findFirst();
    }

    /** Whether a service can assume the role with this ARN. */
    public boolean isAssumable(String arn, String service) {
        return assumable(arn).filter(role -> role.trusts(service)).isPresent();
    }

    @Override
    public List<String> inventory() {
        return roles.all().stream()
                .map(stored -> "role " + stored.role.path() + stored.role.roleName() + " " + stored.attached + " "
                        + stored.inline.keySet())
                .toList();
    }

    /** A policy names resources of its own partition, and EC2 as its partition calls it. */
    void requireDocument(String document) {
        try {
            if (!JSON.readTree(document).path("Statement").isContainerNode()) {
                throw malformed("Missing required field Statement");
            }
        } catch (JsonProcessingException e) {
            throw malformed("This policy contains invalid Json");
        }
        Matcher arn = ARN.matcher(document);
        while (arn.find()) {
            if (!arn.group(1).equals(account.partition())) {
                throw malformed(
                        "Partition \"" + arn.group(1) + "\" is not valid for resource \"" + arn.group() + "\".");
            }
        }
        Matcher ec2 = EC2.matcher(document);
        while (ec2.find()) {
            if (!ec2.group(1).equals(account.ec2Principal())) {
                throw malformed("Invalid principal in policy: \"SERVICE\":\"" + ec2.group(1) + "\"");
            }
        }
    }

    private static AwsServiceException malformed(String message) {
        return refuse(MalformedPolicyDocumentException.builder(), 400, "MalformedPolicyDocument", message);
    }

    static AwsServiceException conflict(String message) {
        return refuse(DeleteConflictException.builder(), 409, "DeleteConflict", message);
    }

    static AwsServiceException refuse(AwsServiceException.Builder builder, int status, String code, String message) {
        return AwsErrors.of(builder, "Iam", status, code, message);
    }
}
