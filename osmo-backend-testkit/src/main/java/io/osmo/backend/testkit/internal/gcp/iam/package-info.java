/** IAM: service accounts and allow policies. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp.iam;

import org.jspecify.annotations.NullMarked;
