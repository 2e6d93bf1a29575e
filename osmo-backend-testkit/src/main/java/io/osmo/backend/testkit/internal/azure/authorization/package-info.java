/** Microsoft.Authorization: role assignments, role definitions and locks; and the principals that the directory knows. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.authorization;

import org.jspecify.annotations.NullMarked;
