/** Cloud KMS: key rings, keys and their versions. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp.kms;

import org.jspecify.annotations.NullMarked;
